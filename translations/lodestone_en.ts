<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>lodestone::pages::ChartCanvas</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) selected</source>
        <translation>
            <numerusform>%n node selected</numerusform>
            <numerusform>%n nodes selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ChartScene</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::pages::DifferenceView</name>
    <message numerus="yes">
        <source>%n field(s) changed, among them %1.</source>
        <translation>
            <numerusform>%n field changed, among them %1.</numerusform>
            <numerusform>%n fields changed, among them %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) changed: %1.</source>
        <translation>
            <numerusform>%n field changed: %1.</numerusform>
            <numerusform>%n fields changed: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ExportPanel</name>
    <message numerus="yes">
        <source>%n file(s) will be written, %1 together.</source>
        <translation>
            <numerusform>%n file will be written, %1 together.</numerusform>
            <numerusform>%n files will be written, %1 together.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them carry the mark DRAFT.</source>
        <translation>
            <numerusform>%n of them carry the mark DRAFT.</numerusform>
            <numerusform>%n of them carry the mark DRAFT.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) in %1</source>
        <translation>
            <numerusform>%n file in %1</numerusform>
            <numerusform>%n files in %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written.</source>
        <translation>
            <numerusform>%n file written.</numerusform>
            <numerusform>%n files written.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::pages::FindBar</name>
    <message numerus="yes">
        <source>%1 of %n node(s)</source>
        <translation>
            <numerusform>%1 of %n node</numerusform>
            <numerusform>%1 of %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::pages::HistoryView</name>
    <message numerus="yes">
        <source>Show %n earlier</source>
        <translation>
            <numerusform>Show %n earlier</numerusform>
            <numerusform>Show %n earlier</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ImportPanel</name>
    <message numerus="yes">
        <source>%n line(s) above the table</source>
        <translation>
            <numerusform>%n line above the table</numerusform>
            <numerusform>%n lines above the table</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) below it</source>
        <translation>
            <numerusform>%n line below it</numerusform>
            <numerusform>%n lines below it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ModelsPage</name>
    <message numerus="yes">
        <source>%n training(s)</source>
        <translation>
            <numerusform>%n training</numerusform>
            <numerusform>%n trainings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::pages::NodeStatus</name>
    <message numerus="yes">
        <source>%1 strategies</source>
        <translation>
            <numerusform>%1 strategy</numerusform>
            <numerusform>%1 strategies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 row(s)</source>
        <translation>
            <numerusform>%1 row</numerusform>
            <numerusform>%1 rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::pages::PipelinePage</name>
    <message numerus="yes">
        <source>The run is done: %n strategies.</source>
        <translation>
            <numerusform>The run is done: %n strategy.</numerusform>
            <numerusform>The run is done: %n strategies.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ProjectOverview</name>
    <message numerus="yes">
        <source>%n table(s)</source>
        <translation>
            <numerusform>%n table</numerusform>
            <numerusform>%n tables</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n strategies</source>
        <translation>
            <numerusform>%n strategy</numerusform>
            <numerusform>%n strategies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s)</source>
        <translation>
            <numerusform>%n draft</numerusform>
            <numerusform>%n drafts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n approved</source>
        <translation>
            <numerusform>%n approved</numerusform>
            <numerusform>%n approved</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::pages::QueueModel</name>
    <message numerus="yes">
        <source>%Ln customer(s)</source>
        <translation>
            <numerusform>%Ln customer</numerusform>
            <numerusform>%Ln customers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::pages::RecentProjects</name>
    <message numerus="yes">
        <source>%n waiting for review</source>
        <translation>
            <numerusform>%n waiting for review</numerusform>
            <numerusform>%n waiting for review</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n strategies</source>
        <translation>
            <numerusform>%n strategy</numerusform>
            <numerusform>%n strategies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::pages::RecipePanel</name>
    <message numerus="yes">
        <source>Take over %n suggestion(s) of the profile</source>
        <translation>
            <numerusform>Take over %n suggestion of the profile</numerusform>
            <numerusform>Take over %n suggestions of the profile</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ReviewPage</name>
    <message numerus="yes">
        <source>%n problem(s) found:</source>
        <translation>
            <numerusform>%n problem found:</numerusform>
            <numerusform>%n problems found:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::pages::RunOutput</name>
    <message numerus="yes">
        <source>%n strategies</source>
        <translation>
            <numerusform>%n strategy</numerusform>
            <numerusform>%n strategies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::pages::StrategiesPage</name>
    <message numerus="yes">
        <source>%n strategies</source>
        <translation>
            <numerusform>%n strategy</numerusform>
            <numerusform>%n strategies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n strategies made, as drafts.</source>
        <translation>
            <numerusform>%n strategy made, as drafts.</numerusform>
            <numerusform>%n strategies made, as drafts.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::shell::MainWindow</name>
    <message numerus="yes">
        <source>%n job(s) still run. Stopping them leaves nothing half done.</source>
        <translation>
            <numerusform>%n job still run. Stopping them leaves nothing half done.</numerusform>
            <numerusform>%n jobs still run. Stopping them leaves nothing half done.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::words</name>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
</context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>lodestone::charts</name>
    <message>
        <source>yyyy</source>
        <comment>format of a year on an axis</comment>
        <translation>yyyy年</translation>
    </message>
    <message>
        <source>MMM yyyy</source>
        <comment>format of a month on an axis</comment>
        <translation>yyyy年M月</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>format of a day on an axis</comment>
        <translation>M月d日</translation>
    </message>
</context>
<context>
    <name>lodestone::charts::BarChart</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1，%2：%3</translation>
    </message>
</context>
<context>
    <name>lodestone::charts::Chart</name>
    <message>
        <source>There is nothing to show yet.</source>
        <translation>暂无可显示的内容。</translation>
    </message>
    <message>
        <source>View as chart</source>
        <translation>以图表查看</translation>
    </message>
    <message>
        <source>View as table</source>
        <translation>以表格查看</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>Save as a picture, a drawing or a table</source>
        <translation>保存为图片、矢量图或表格</translation>
    </message>
    <message>
        <source>Picture (PNG)…</source>
        <translation>图片（PNG）…</translation>
    </message>
    <message>
        <source>Drawing (SVG)…</source>
        <translation>矢量图（SVG）…</translation>
    </message>
    <message>
        <source>Table (CSV)…</source>
        <translation>表格（CSV）…</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>SVG drawing (*.svg)</source>
        <translation>SVG 矢量图 (*.svg)</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>CSV 表格 (*.csv)</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
</context>
<context>
    <name>lodestone::charts::ConfusionMatrix</name>
    <message>
        <source>true positives</source>
        <translation>真正例</translation>
    </message>
    <message>
        <source>false negatives</source>
        <translation>假负例</translation>
    </message>
    <message>
        <source>false positives</source>
        <translation>假正例</translation>
    </message>
    <message>
        <source>true negatives</source>
        <translation>真负例</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Happened</source>
        <translation>实际</translation>
    </message>
    <message>
        <source>%1 of the row</source>
        <translation>占本行 %1</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Share of the row</source>
        <translation>占本行比例</translation>
    </message>
</context>
<context>
    <name>lodestone::charts::HistogramChart</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Rows: %1 (%2 of all)</source>
        <translation>行数：%1（占 %2）</translation>
    </message>
    <message>
        <source>Rows: %1</source>
        <translation>行数：%1</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起</translation>
    </message>
    <message>
        <source>%1 from</source>
        <translation>%1（起）</translation>
    </message>
    <message>
        <source>To</source>
        <translation>止</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
</context>
<context>
    <name>lodestone::charts::IntervalChart</name>
    <message>
        <source>Estimate</source>
        <translation>估计值</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>From</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>To</source>
        <translation>上限</translation>
    </message>
</context>
<context>
    <name>lodestone::charts::LineChart</name>
    <message>
        <source>Wheel, + and − zoom; a drag moves; Backspace undoes the zoom; a double click or Home shows all; the arrow keys read the points.</source>
        <translation>滚轮或 +、− 键缩放；拖动可平移；退格键撤销缩放；双击或 Home 键显示全部；方向键逐点读数。</translation>
    </message>
    <message>
        <source>Smoothing: %1</source>
        <translation>平滑：%1</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Averages each line over its last points; the line itself stays, paler.</source>
        <translation>对每条曲线按最近的点取平均；原曲线以浅色保留。</translation>
    </message>
    <message>
        <source>Log scale</source>
        <translation>对数刻度</translation>
    </message>
    <message>
        <source>Equal steps upwards are equal factors; values of zero and less are left out.</source>
        <translation>纵轴每一格代表相同的倍数；零和负值不显示。</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>%1, from</source>
        <translation>%1，下限</translation>
    </message>
    <message>
        <source>%1, to</source>
        <translation>%1，上限</translation>
    </message>
    <message>
        <source>From</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>To</source>
        <translation>上限</translation>
    </message>
</context>
<context>
    <name>lodestone::charts::LinePlot</name>
    <message>
        <source>%1 (not smoothed: %2)</source>
        <translation>%1（未平滑：%2）</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>lodestone::forms::ColumnListEdit</name>
    <message>
        <source>Tick columns in a list (Alt+Down)</source>
        <translation>在列表中勾选列（Alt+↓）</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>选择列</translation>
    </message>
    <message>
        <source>Find a column</source>
        <translation>查找列</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
</context>
<context>
    <name>lodestone::forms::ParameterControl</name>
    <message>
        <source>No table yet</source>
        <translation>还没有数据表</translation>
    </message>
    <message>
        <source>Choose a table</source>
        <translation>选择数据表</translation>
    </message>
</context>
<context>
    <name>lodestone::forms::ParameterForm</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>From %1 to %2.</source>
        <translation>范围：%1 至 %2。</translation>
    </message>
    <message>
        <source>At least %1.</source>
        <translation>至少 %1。</translation>
    </message>
    <message>
        <source>At most %1.</source>
        <translation>最多 %1。</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Default: %1.</source>
        <translation>默认值：%1。</translation>
    </message>
    <message>
        <source>Default of %1</source>
        <translation>恢复“%1”的默认值</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>恢复默认值</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::CalibrationView</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>There are no held-out rows to draw it from.</source>
        <translation>没有留出行，无法绘制。</translation>
    </message>
    <message>
        <source>Predicted share</source>
        <translation>预测比例</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>实际比例</translation>
    </message>
    <message>
        <source>right</source>
        <translation>理想</translation>
    </message>
    <message>
        <source>Ten groups of equal size; on the dotted line the scores are right. They are off by %1 on average.</source>
        <translation>分为十个等大的组；落在虚线上表示评分准确。平均偏差为 %1。</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::CanvasCommands</name>
    <message>
        <source>Add a stage…</source>
        <translation>添加阶段…</translation>
    </message>
    <message>
        <source>Add a stage after what is selected</source>
        <translation>在所选内容之后添加阶段</translation>
    </message>
    <message>
        <source>Connect with…</source>
        <translation>连接到…</translation>
    </message>
    <message>
        <source>Connect the selected node with another</source>
        <translation>将所选节点连接到另一个节点</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Edit the label where it stands</source>
        <translation>就地编辑标签</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the selected nodes as Mermaid</source>
        <translation>将所选节点复制为 Mermaid 文本</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Paste nodes or any Mermaid flowchart</source>
        <translation>粘贴节点或任意 Mermaid 流程图</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete what is selected</source>
        <translation>删除所选内容</translation>
    </message>
    <message>
        <source>Select all nodes</source>
        <translation>选择所有节点</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Rounded rectangle</source>
        <translation>圆角矩形</translation>
    </message>
    <message>
        <source>Stadium</source>
        <translation>体育场形</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>判断</translation>
    </message>
    <message>
        <source>Hexagon</source>
        <translation>六边形</translation>
    </message>
    <message>
        <source>Circle</source>
        <translation>圆形</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Subprocess</source>
        <translation>子流程</translation>
    </message>
    <message>
        <source>Several documents</source>
        <translation>多文档</translation>
    </message>
    <message>
        <source>Input or output</source>
        <translation>输入或输出</translation>
    </message>
    <message>
        <source>Text alone</source>
        <translation>仅文本</translation>
    </message>
    <message>
        <source>Shape: %1</source>
        <translation>形状：%1</translation>
    </message>
    <message>
        <source>top to bottom</source>
        <translation>从上到下</translation>
    </message>
    <message>
        <source>left to right</source>
        <translation>从左到右</translation>
    </message>
    <message>
        <source>bottom to top</source>
        <translation>从下到上</translation>
    </message>
    <message>
        <source>right to left</source>
        <translation>从右到左</translation>
    </message>
    <message>
        <source>Direction: %1</source>
        <translation>方向：%1</translation>
    </message>
    <message>
        <source>Align left</source>
        <translation>左对齐</translation>
    </message>
    <message>
        <source>Align centres</source>
        <translation>水平居中对齐</translation>
    </message>
    <message>
        <source>Align right</source>
        <translation>右对齐</translation>
    </message>
    <message>
        <source>Align top</source>
        <translation>顶端对齐</translation>
    </message>
    <message>
        <source>Align middles</source>
        <translation>垂直居中对齐</translation>
    </message>
    <message>
        <source>Align bottom</source>
        <translation>底端对齐</translation>
    </message>
    <message>
        <source>Distribute across</source>
        <translation>横向均匀分布</translation>
    </message>
    <message>
        <source>The same gaps from left to right</source>
        <translation>从左到右间距相等</translation>
    </message>
    <message>
        <source>Distribute down</source>
        <translation>纵向均匀分布</translation>
    </message>
    <message>
        <source>The same gaps from top to bottom</source>
        <translation>从上到下间距相等</translation>
    </message>
    <message>
        <source>Tidy up</source>
        <translation>自动整理</translation>
    </message>
    <message>
        <source>Let the layout place the nodes again</source>
        <translation>由布局重新放置节点</translation>
    </message>
    <message>
        <source>Group into a subgraph</source>
        <translation>组合为子图</translation>
    </message>
    <message>
        <source>Ungroup</source>
        <translation>取消组合</translation>
    </message>
    <message>
        <source>Take the frame away, keep what is in it</source>
        <translation>去掉外框，保留其中的内容</translation>
    </message>
    <message>
        <source>Collapse or expand the subgraph</source>
        <translation>折叠或展开子图</translation>
    </message>
    <message>
        <source>Collapse all subgraphs</source>
        <translation>折叠所有子图</translation>
    </message>
    <message>
        <source>Expand all subgraphs</source>
        <translation>展开所有子图</translation>
    </message>
    <message>
        <source>Select something first.</source>
        <translation>请先选择内容。</translation>
    </message>
    <message>
        <source>Select one node first.</source>
        <translation>请先选择一个节点。</translation>
    </message>
    <message>
        <source>Select two nodes or more first.</source>
        <translation>请先选择至少两个节点。</translation>
    </message>
    <message>
        <source>Select three nodes or more first.</source>
        <translation>请先选择至少三个节点。</translation>
    </message>
    <message>
        <source>The layout places all nodes already.</source>
        <translation>所有节点已由布局放置。</translation>
    </message>
    <message>
        <source>Select a subgraph first.</source>
        <translation>请先选择一个子图。</translation>
    </message>
    <message>
        <source>The chart has no subgraphs.</source>
        <translation>流程图中没有子图。</translation>
    </message>
    <message>
        <source>Label of %1</source>
        <translation>%1 的标签</translation>
    </message>
    <message>
        <source>Label of the edge from %1 to %2</source>
        <translation>从 %1 到 %2 的边的标签</translation>
    </message>
    <message>
        <source>Title of %1</source>
        <translation>%1 的标题</translation>
    </message>
    <message>
        <source>There is no text to paste.</source>
        <translation>剪贴板中没有可粘贴的文本。</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>新分组</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::CanvasMenu</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Align and distribute</source>
        <translation>对齐与分布</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::CatalogueEditor</name>
    <message>
        <source>The margin must be a number from 0 to 100 per cent.</source>
        <translation>利润率必须是 0 到 100 之间的百分数。</translation>
    </message>
    <message>
        <source>Give the currency, such as EUR.</source>
        <translation>请填写货币，例如 EUR。</translation>
    </message>
    <message>
        <source>Offers</source>
        <translation>优惠</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Add offer</source>
        <translation>添加优惠</translation>
    </message>
    <message>
        <source>Add channel</source>
        <translation>添加渠道</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Margin, %</source>
        <translation>利润率（%）</translation>
    </message>
    <message>
        <source>Profit as a share of revenue, before the costs of offers and contacts</source>
        <translation>利润占收入的比例，未扣除优惠与触达成本</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>货币</translation>
    </message>
    <message>
        <source>As it is to stand before amounts, such as EUR</source>
        <translation>显示在金额前，例如 EUR</translation>
    </message>
    <message>
        <source>Save catalogue</source>
        <translation>保存目录</translation>
    </message>
    <message>
        <source>Undo changes</source>
        <translation>撤销更改</translation>
    </message>
    <message>
        <source>Nothing has been changed.</source>
        <translation>没有任何更改。</translation>
    </message>
    <message>
        <source>Keeps offers and channels for this project</source>
        <translation>为本项目保存优惠与渠道</translation>
    </message>
    <message>
        <source>Back to what was saved</source>
        <translation>恢复到已保存的内容</translation>
    </message>
    <message>
        <source>Select a row first.</source>
        <translation>请先选择一行。</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::CatalogueModel</name>
    <message>
        <source>Give it an id of its own, such as free_gift.</source>
        <translation>请填写唯一的编号，例如 free_gift。</translation>
    </message>
    <message>
        <source>The id %1 is there twice.</source>
        <translation>编号 %1 重复。</translation>
    </message>
    <message>
        <source>This must be a number; it is “%1”.</source>
        <translation>此处必须是数字；现在是“%1”。</translation>
    </message>
    <message>
        <source>This must not be below 0; it is %1.</source>
        <translation>不能小于 0；现在是 %1。</translation>
    </message>
    <message>
        <source>A discount is at most 100 %; this is %1.</source>
        <translation>折扣最多为 100 %；现在是 %1。</translation>
    </message>
    <message>
        <source>A capacity is a whole number; this is %1.</source>
        <translation>触达上限必须是整数；现在是 %1。</translation>
    </message>
    <message>
        <source>This is too large: %1.</source>
        <translation>数值过大：%1。</translation>
    </message>
    <message>
        <source>Add at least one offer.</source>
        <translation>请至少添加一个优惠。</translation>
    </message>
    <message>
        <source>Add at least one channel.</source>
        <translation>请至少添加一个渠道。</translation>
    </message>
    <message>
        <source>%1, row %2, %3: %4</source>
        <translation>%1，第 %2 行，%3：%4</translation>
    </message>
    <message>
        <source>Offers</source>
        <translation>优惠</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Name, English</source>
        <translation>英文名称</translation>
    </message>
    <message>
        <source>Name, Chinese</source>
        <translation>中文名称</translation>
    </message>
    <message>
        <source>Discount, %</source>
        <translation>折扣（%）</translation>
    </message>
    <message>
        <source>Cost of a contact</source>
        <translation>每次触达成本</translation>
    </message>
    <message>
        <source>Cost of a conversion</source>
        <translation>每次转化成本</translation>
    </message>
    <message>
        <source>Most contacts</source>
        <translation>触达上限</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ChangeTable</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>(removed)</source>
        <translation>（删除）</translation>
    </message>
    <message>
        <source>(new)</source>
        <translation>（新增）</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ChartCanvas</name>
    <message>
        <source>Flowchart</source>
        <translation>流程图</translation>
    </message>
    <message>
        <source>Zoom out (Ctrl+-)</source>
        <translation>缩小（Ctrl+-）</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Show all of it (Ctrl+0)</source>
        <translation>显示全图（Ctrl+0）</translation>
    </message>
    <message>
        <source>Show all of it</source>
        <translation>显示全图</translation>
    </message>
    <message>
        <source>Zoom in (Ctrl++)</source>
        <translation>放大（Ctrl++）</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a stage (A)</source>
        <translation>添加阶段 (A)</translation>
    </message>
    <message>
        <source>Add a stage</source>
        <translation>添加阶段</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) selected</source>
        <translation>
            <numerusform>已选择 %n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>Subgraph %1</source>
        <translation>子图 %1</translation>
    </message>
    <message>
        <source>Edge from %1 to %2</source>
        <translation>从 %1 到 %2 的边</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ChartCompletion</name>
    <message>
        <source>class</source>
        <translation>类</translation>
    </message>
    <message>
        <source>a frame around nodes</source>
        <translation>节点分组框</translation>
    </message>
    <message>
        <source>ends the frame</source>
        <translation>结束分组</translation>
    </message>
    <message>
        <source>which way the frame runs</source>
        <translation>分组的方向</translation>
    </message>
    <message>
        <source>how a class looks</source>
        <translation>类的样式</translation>
    </message>
    <message>
        <source>puts nodes into a class</source>
        <translation>将节点归入类</translation>
    </message>
    <message>
        <source>how a node looks</source>
        <translation>节点的样式</translation>
    </message>
    <message>
        <source>how an edge looks</source>
        <translation>连线的样式</translation>
    </message>
    <message>
        <source>what a click on a node opens</source>
        <translation>点击节点时打开的内容</translation>
    </message>
    <message>
        <source>from top to bottom</source>
        <translation>从上到下</translation>
    </message>
    <message>
        <source>from left to right</source>
        <translation>从左到右</translation>
    </message>
    <message>
        <source>from bottom to top</source>
        <translation>从下到上</translation>
    </message>
    <message>
        <source>from right to left</source>
        <translation>从右到左</translation>
    </message>
    <message>
        <source>standard</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>what the node does</source>
        <translation>节点的作用</translation>
    </message>
    <message>
        <source>by itself, or when somebody says so</source>
        <translation>自动运行或手动应用</translation>
    </message>
    <message>
        <source>what the nodes do</source>
        <translation>各节点的作用</translation>
    </message>
    <message>
        <source>of the chart</source>
        <translation>流程图的标题</translation>
    </message>
    <message>
        <source>for Mermaid</source>
        <translation>Mermaid 配置</translation>
    </message>
    <message>
        <source>stage and parameters of each node</source>
        <translation>每个节点的阶段与参数</translation>
    </message>
    <message>
        <source>of everything random</source>
        <translation>所有随机过程的种子</translation>
    </message>
    <message>
        <source>times round a loop at most</source>
        <translation>循环最多轮数</translation>
    </message>
    <message>
        <source>when a loop has gone round often enough</source>
        <translation>循环何时足够</translation>
    </message>
    <message>
        <source>a figure of the model or the strategies</source>
        <translation>模型或策略的指标</translation>
    </message>
    <message>
        <source>by at least so much, or it stops</source>
        <translation>至少改善的幅度，否则停止</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>自动运行</translation>
    </message>
    <message>
        <source>when somebody says so</source>
        <translation>由人手动应用</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ChartMinimap</name>
    <message>
        <source>Overview of the flowchart</source>
        <translation>流程图缩略图</translation>
    </message>
    <message>
        <source>Drag to move what is in sight</source>
        <translation>拖动以移动可见区域</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ChartPalette</name>
    <message>
        <source>Stages</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Find a stage…</source>
        <translation>查找阶段…</translation>
    </message>
    <message>
        <source>Find a stage</source>
        <translation>查找阶段</translation>
    </message>
    <message>
        <source>Enter adds it · drag it onto the chart or onto an edge · Esc closes</source>
        <translation>Enter 添加 · 可拖到图上或边上 · Esc 关闭</translation>
    </message>
    <message>
        <source>No stage is called that.</source>
        <translation>没有这个名称的阶段。</translation>
    </message>
    <message>
        <source>Plain node</source>
        <translation>普通节点</translation>
    </message>
    <message>
        <source>A step without a stage: a note, or one to be bound later</source>
        <translation>不带阶段的步骤：备注，或稍后再绑定</translation>
    </message>
    <message>
        <source>Goes with %1</source>
        <translation>可接在“%1”之后</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ChartScene</name>
    <message>
        <source>Feedback: what %1 leaves goes round again into %2</source>
        <translation>反馈：%1 的结果再次进入 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2 %3</source>
        <translation>%1 · %2 个%3</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ColumnPanel</name>
    <message>
        <source>Select a column of the table: what is known of it stands here.</source>
        <translation>在表中选择一列，这里会显示它的统计信息。</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Role of the column</source>
        <translation>列的角色</translation>
    </message>
    <message>
        <source>What the column means for models and campaigns</source>
        <translation>这一列对模型和营销活动意味着什么</translation>
    </message>
    <message>
        <source>Some of the values</source>
        <translation>部分取值</translation>
    </message>
    <message>
        <source>Most frequent values</source>
        <translation>最常见的值</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>发现的问题</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>分布</translation>
    </message>
    <message>
        <source>There are no values.</source>
        <translation>没有值。</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Kind of event</source>
        <translation>事件类型</translation>
    </message>
    <message>
        <source>Value of a conversion</source>
        <translation>转化价值</translation>
    </message>
    <message>
        <source>Revenue</source>
        <translation>收入</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>预测目标</translation>
    </message>
    <message>
        <source>Treated (0 or 1)</source>
        <translation>是否触达（0 或 1）</translation>
    </message>
    <message>
        <source>Campaign</source>
        <translation>营销活动</translation>
    </message>
    <message>
        <source>Offer</source>
        <translation>优惠</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>成本</translation>
    </message>
    <message>
        <source>Free text</source>
        <translation>自由文本</translation>
    </message>
    <message>
        <source>Consent, all channels</source>
        <translation>营销许可（全部渠道）</translation>
    </message>
    <message>
        <source>Consent to e-mail</source>
        <translation>营销许可：邮件</translation>
    </message>
    <message>
        <source>Consent to SMS</source>
        <translation>营销许可：短信</translation>
    </message>
    <message>
        <source>Consent to push</source>
        <translation>营销许可：推送</translation>
    </message>
    <message>
        <source>Consent to %1</source>
        <translation>营销许可：%1</translation>
    </message>
    <message>
        <source>Who: tells customers apart, in every table that has it</source>
        <translation>谁：在所有含有此列的表中用于区分客户</translation>
    </message>
    <message>
        <source>What was looked at or bought</source>
        <translation>浏览或购买的商品</translation>
    </message>
    <message>
        <source>What was done: view, cart, purchase, ...</source>
        <translation>做了什么：浏览、加购、购买等</translation>
    </message>
    <message>
        <source>What a conversion is worth</source>
        <translation>一次转化的价值</translation>
    </message>
    <message>
        <source>What it brought in</source>
        <translation>带来的收入</translation>
    </message>
    <message>
        <source>What a model learns to predict</source>
        <translation>模型要学习预测的内容</translation>
    </message>
    <message>
        <source>1 where the campaign reached the customer, 0 where it was held back</source>
        <translation>活动触达的客户为 1，留作对照的客户为 0</translation>
    </message>
    <message>
        <source>Nobody is contacted without it</source>
        <translation>没有许可就不会联系该客户</translation>
    </message>
    <message>
        <source>No role</source>
        <translation>无角色</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Distinct values</source>
        <translation>不同值</translation>
    </message>
    <message>
        <source>Smallest</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Std. deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>Middle half</source>
        <translation>中间 50 %</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Middle 90 %</source>
        <translation>中间 90 %</translation>
    </message>
    <message>
        <source>%1 values from %2 to %3</source>
        <translation>%1 个值，从 %2 到 %3</translation>
    </message>
    <message>
        <source>Looking at the columns…</source>
        <translation>正在分析各列…</translation>
    </message>
    <message>
        <source>When it happened: features are made of what came before</source>
        <translation>发生时间：特征由此前的数据生成</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>字符数</translation>
    </message>
    <message>
        <source>%1 to %2, mean %3</source>
        <translation>%1 至 %2，平均 %3</translation>
    </message>
    <message>
        <source>Infinite or no number</source>
        <translation>无穷大或非数值</translation>
    </message>
    <message>
        <source>Mend</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Adds the step that mends it to the cleaning of the table</source>
        <translation>将修复它的步骤加入该表的清洗配方</translation>
    </message>
    <message>
        <source>Mend: %1</source>
        <translation>修复：%1</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::CombinePanel</name>
    <message>
        <source>Ways to make a new table</source>
        <translation>生成新表的方式</translation>
    </message>
    <message>
        <source>Make the table</source>
        <translation>生成新表</translation>
    </message>
    <message>
        <source>Choose a table first</source>
        <translation>请先选择一张表</translation>
    </message>
    <message>
        <source>Fill in what is missing: %1</source>
        <translation>请补全：%1</translation>
    </message>
    <message>
        <source>Looking at what matches…</source>
        <translation>正在检查匹配情况…</translation>
    </message>
    <message>
        <source>What would come out</source>
        <translation>预计结果</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::CommentsView</name>
    <message>
        <source>Comments</source>
        <translation>评论</translation>
    </message>
    <message>
        <source>No comments yet.</source>
        <translation>还没有评论。</translation>
    </message>
    <message>
        <source>%1 · %2 · version %3</source>
        <translation>%1 · %2 · 版本 %3</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::CompareView</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1, beside %2</source>
        <translation>%1，对比 %2</translation>
    </message>
    <message>
        <source>Both are measured on the same %1 held-out rows.</source>
        <translation>两者都在同样的 %1 个留出行上评估。</translation>
    </message>
    <message>
        <source>They are not measured on the same rows, so small differences may be chance. Train both from one table with one seed to compare them fairly.</source>
        <translation>两者评估所用的行不同，细小差异可能只是偶然。请用同一张表、同一个种子训练，再作公平比较。</translation>
    </message>
    <message>
        <source>On the test rows</source>
        <translation>测试行上的表现</translation>
    </message>
    <message>
        <source>ROC AUC of %1 is %2 %3 than that of %4.</source>
        <translation>%1 的 ROC AUC 比 %4 %3 %2。</translation>
    </message>
    <message>
        <source>lower</source>
        <translation>低</translation>
    </message>
    <message>
        <source>higher</source>
        <translation>高</translation>
    </message>
    <message>
        <source>ROC curves</source>
        <translation>ROC 曲线</translation>
    </message>
    <message>
        <source>There are no held-out rows to draw it from.</source>
        <translation>没有留出行，无法绘制。</translation>
    </message>
    <message>
        <source>False positive rate</source>
        <translation>假正例率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>chance</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Area %1 and %2.</source>
        <translation>曲线下面积分别为 %1 和 %2。</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>不同之处</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>条目</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::CompletionPopup</name>
    <message>
        <source>What fits here</source>
        <translation>此处可填内容</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::Connection</name>
    <message>
        <source>The text has changed; try again.</source>
        <translation>文本已更改，请重试。</translation>
    </message>
    <message>
        <source>A node cannot feed itself.</source>
        <translation>节点不能连接到自身。</translation>
    </message>
    <message>
        <source>These two are connected already.</source>
        <translation>这两个节点已经相连。</translation>
    </message>
    <message>
        <source>One of them has no stage yet: the edge orders them only.</source>
        <translation>其中一个尚未绑定阶段：此边仅表示先后顺序。</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ConnectionDrag</name>
    <message>
        <source>Arrows choose the target, Enter connects, Esc gives up.</source>
        <translation>方向键选择目标，Enter 连接，Esc 放弃。</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::CyclesView</name>
    <message>
        <source>ROC AUC</source>
        <translation>ROC AUC</translation>
    </message>
    <message>
        <source>PR AUC</source>
        <translation>PR AUC</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Log loss</source>
        <translation>对数损失</translation>
    </message>
    <message>
        <source>Brier score</source>
        <translation>Brier 分数</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>策略数</translation>
    </message>
    <message>
        <source>Conversions</source>
        <translation>转化数</translation>
    </message>
    <message>
        <source>Extra conversions</source>
        <translation>增量转化</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>成本</translation>
    </message>
    <message>
        <source>Rounds at most</source>
        <translation>最多轮数</translation>
    </message>
    <message>
        <source>How often the nodes of the loop run in one run</source>
        <translation>一次运行中循环内的节点最多运行几轮</translation>
    </message>
    <message>
        <source>Stop as soon as this does not get better:</source>
        <translation>当此指标不再改善时停止：</translation>
    </message>
    <message>
        <source>Ends the loop early; the figure is of the model&apos;s validation rows or of the strategies</source>
        <translation>提前结束循环；指标取自模型的验证行或策略</translation>
    </message>
    <message>
        <source>Figure that must get better</source>
        <translation>必须改善的指标</translation>
    </message>
    <message>
        <source>by at least</source>
        <translation>至少改善</translation>
    </message>
    <message>
        <source>By at least</source>
        <translation>至少改善</translation>
    </message>
    <message>
        <source>The chart has no loop: no edge leads back to an earlier node.</source>
        <translation>流程图没有循环：没有连线返回更早的节点。</translation>
    </message>
    <message>
        <source>Switch the rule on first.</source>
        <translation>请先启用此规则。</translation>
    </message>
    <message>
        <source>The chart has no loop. Connect a later node back to an earlier one: then the nodes between them run round after round, and the rounds are compared here.</source>
        <translation>流程图没有循环。将后面的节点连回前面的节点，它们之间的节点便会一轮一轮地运行，各轮结果在此对比。</translation>
    </message>
    <message>
        <source>The run that is shown went round once. Rounds are compared here as soon as there are two.</source>
        <translation>所显示的运行只有一轮。有两轮或更多时，在此对比。</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Round %1</source>
        <translation>第 %1 轮</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Rounds side by side</source>
        <translation>各轮对比</translation>
    </message>
    <message>
        <source>Nodes that ran</source>
        <translation>运行的节点</translation>
    </message>
    <message>
        <source>Nodes that had not changed</source>
        <translation>未变化的节点</translation>
    </message>
    <message>
        <source>%1 from round to round</source>
        <translation>各轮的%1</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>%1 after round %2; the rule ended the loop there.</source>
        <translation>第 %2 轮后为 %1；规则在此结束了循环。</translation>
    </message>
    <message>
        <source>%1 after round %2.</source>
        <translation>第 %2 轮后为 %1。</translation>
    </message>
    <message>
        <source>Recall@10, held-out events</source>
        <translation>Recall@10（留出事件）</translation>
    </message>
    <message>
        <source>NDCG@10, held-out events</source>
        <translation>NDCG@10（留出事件）</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::DataPage</name>
    <message>
        <source>No tables yet</source>
        <translation>还没有数据表</translation>
    </message>
    <message>
        <source>Import the exports of your shop as CSV files, or drop them here: customers, orders, events.</source>
        <translation>导入店铺导出的 CSV 文件，或将文件拖到这里：客户、订单、行为事件。</translation>
    </message>
    <message>
        <source>Import files (Ctrl+O)</source>
        <translation>导入文件（Ctrl+O）</translation>
    </message>
    <message>
        <source>Copy the selected cells with column names</source>
        <translation>复制选中的单元格（含列名）</translation>
    </message>
    <message>
        <source>Read the tables again</source>
        <translation>重新读取数据表</translation>
    </message>
    <message>
        <source>Read the tables again (F5)</source>
        <translation>重新读取数据表（F5）</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Import into %1</source>
        <translation>导入到 %1</translation>
    </message>
    <message>
        <source>%1: %2 rows, %3 columns</source>
        <translation>%1：%2 行，%3 列</translation>
    </message>
    <message>
        <source>Profile of %1</source>
        <translation>%1 的数据概况</translation>
    </message>
    <message>
        <source>There is no table yet: import one first</source>
        <translation>还没有数据表：请先导入</translation>
    </message>
    <message>
        <source>Open a project first</source>
        <translation>请先打开项目</translation>
    </message>
    <message>
        <source>%1: %2 rows imported</source>
        <translation>%1：已导入 %2 行</translation>
    </message>
    <message>
        <source>, %1 rejected</source>
        <translation>，拒绝 %1 行</translation>
    </message>
    <message>
        <source>, %1 lines skipped</source>
        <translation>，跳过 %1 行</translation>
    </message>
    <message>
        <source>See the rejected rows</source>
        <translation>查看被拒绝的行</translation>
    </message>
    <message>
        <source>Delete the table %1?</source>
        <translation>删除表 %1？</translation>
    </message>
    <message>
        <source>The rows of %1 and the roles of its columns are gone then. The file that it was imported from stays as it is.</source>
        <translation>表 %1 的所有行及其列角色将被删除。导入时的原文件保持不变。</translation>
    </message>
    <message>
        <source>Delete table</source>
        <translation>删除表</translation>
    </message>
    <message>
        <source>Deleting %1</source>
        <translation>正在删除 %1</translation>
    </message>
    <message>
        <source>The table %1 is deleted</source>
        <translation>表 %1 已删除</translation>
    </message>
    <message>
        <source>The table</source>
        <translation>数据表</translation>
    </message>
    <message>
        <source>Import files…</source>
        <translation>导入文件…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Delete table…</source>
        <translation>删除表…</translation>
    </message>
    <message>
        <source>Clean</source>
        <translation>清洗</translation>
    </message>
    <message>
        <source>Combine</source>
        <translation>组合</translation>
    </message>
    <message>
        <source>Export table…</source>
        <translation>导出数据表…</translation>
    </message>
    <message>
        <source>Write the table to a file (Ctrl+E)</source>
        <translation>将数据表写入文件 (Ctrl+E)</translation>
    </message>
    <message>
        <source>%1: %2 rows; the steps changed %3 rows</source>
        <translation>%1：%2 行；各步骤共更改 %3 行</translation>
    </message>
    <message>
        <source>%1: %2 rows</source>
        <translation>%1：%2 行</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>导出 %1</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Excel (*.xlsx)</source>
        <translation>Excel (*.xlsx)</translation>
    </message>
    <message>
        <source>Parquet (*.parquet)</source>
        <translation>Parquet (*.parquet)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>JSON lines (*.ndjson)</source>
        <translation>JSON 行 (*.ndjson)</translation>
    </message>
    <message>
        <source>Export of %1</source>
        <translation>导出 %1</translation>
    </message>
    <message>
        <source>%1 rows are in %2</source>
        <translation>已将 %1 行写入 %2</translation>
    </message>
    <message>
        <source>%1 rows written to %2</source>
        <translation>已将 %1 行写入 %2</translation>
    </message>
    <message>
        <source>Import from a database…</source>
        <translation>从数据库导入…</translation>
    </message>
    <message>
        <source>A table or a query of a PostgreSQL server</source>
        <translation>PostgreSQL 服务器的表或查询</translation>
    </message>
    <message>
        <source>Import from a database</source>
        <translation>从数据库导入</translation>
    </message>
    <message>
        <source>Address of a PostgreSQL database, and of its table:
postgres://user:password@host:5432/database?table=orders</source>
        <translation>PostgreSQL 数据库及其表的地址：
postgres://user:password@host:5432/database?table=orders</translation>
    </message>
    <message>
        <source>Where it came from</source>
        <translation>查看来源</translation>
    </message>
    <message>
        <source>From the table back to its files (Ctrl+L)</source>
        <translation>从表追溯到其文件 (Ctrl+L)</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::DecisionRules</name>
    <message>
        <source>Say first who you are, under &quot;Reviewing as&quot;.</source>
        <translation>请先在“审核人”处填写您的姓名。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is the program&apos;s own name. Give yours under &quot;Reviewing as&quot;.</source>
        <translation>“%1”是程序自身的名称。请在“审核人”处填写您的姓名。</translation>
    </message>
    <message>
        <source>Write in the comment why: whoever changes it must know.</source>
        <translation>请在评论中写明原因，以便修改者了解。</translation>
    </message>
    <message>
        <source>%1 sent this version to review, so another person has to decide.</source>
        <translation>此版本由 %1 提交审核，需由他人决定。</translation>
    </message>
    <message>
        <source>%1 wrote this version, so another person has to decide.</source>
        <translation>此版本由 %1 编写，需由他人决定。</translation>
    </message>
    <message>
        <source>It is in review already.</source>
        <translation>该策略已在审核中。</translation>
    </message>
    <message>
        <source>It has been decided on. Edit it on the page Strategies: that makes a new draft.</source>
        <translation>已有审核结论。如需修改，请在“策略”页编辑，将产生新的草稿。</translation>
    </message>
    <message>
        <source>It is a draft: send it to review first.</source>
        <translation>这是草稿，请先提交审核。</translation>
    </message>
    <message>
        <source>Changes were requested: it has to come back to review first.</source>
        <translation>已要求修改，需先重新提交审核。</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::DifferenceView</name>
    <message>
        <source>Earlier version</source>
        <translation>较早版本</translation>
    </message>
    <message>
        <source>Later version</source>
        <translation>较新版本</translation>
    </message>
    <message>
        <source>The version on the left</source>
        <translation>左侧的版本</translation>
    </message>
    <message>
        <source>The version on the right</source>
        <translation>右侧的版本</translation>
    </message>
    <message>
        <source>Only what changed</source>
        <translation>只显示有变化的内容</translation>
    </message>
    <message>
        <source>Leaves out the fields that are the same in both versions</source>
        <translation>隐藏两个版本中相同的字段</translation>
    </message>
    <message>
        <source>Fields of both versions side by side</source>
        <translation>两个版本的字段并排对照</translation>
    </message>
    <message>
        <source>One version so far</source>
        <translation>目前只有一个版本</translation>
    </message>
    <message>
        <source>When the strategy is edited, the new version and this one stand side by side here.</source>
        <translation>策略修改后，新版本会与此版本在这里并排对照。</translation>
    </message>
    <message>
        <source>Version %1 · %2</source>
        <translation>版本 %1 · %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>who, when</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>+ added</source>
        <translation>+ 新增</translation>
    </message>
    <message>
        <source>− removed</source>
        <translation>− 移除</translation>
    </message>
    <message>
        <source>≠ changed</source>
        <translation>≠ 已修改</translation>
    </message>
    <message>
        <source>The two versions say the same.</source>
        <translation>两个版本内容相同。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) changed, among them %1.</source>
        <translation>
            <numerusform>有 %n 个字段变化，其中包括：%1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) changed: %1.</source>
        <translation>
            <numerusform>有 %n 个字段变化：%1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>版本 %1</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::DropOverlay</name>
    <message>
        <source>Drop the files to import them</source>
        <translation>松开鼠标即可导入文件</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::EdgeItem</name>
    <message>
        <source>cycle</source>
        <translation>循环</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::EpochCharts</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Log loss</source>
        <translation>对数损失</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Training %1 after epoch %2.</source>
        <translation>第 %2 轮后训练损失为 %1。</translation>
    </message>
    <message>
        <source>No validation rows were set aside.</source>
        <translation>没有划出验证行。</translation>
    </message>
    <message>
        <source>Validation %1 after epoch %2; lowest %3 at epoch %4.</source>
        <translation>第 %2 轮后验证损失为 %1；最低 %3，在第 %4 轮。</translation>
    </message>
    <message>
        <source>ROC AUC %1, accuracy %2, recall %3.</source>
        <translation>ROC AUC %1，准确率 %2，召回率 %3。</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::EvidenceView</name>
    <message>
        <source>What it promises</source>
        <translation>预期效果</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Planned cost</source>
        <translation>计划费用</translation>
    </message>
    <message>
        <source>%1: contacts %2, redemptions %3; discounts given beside it %4</source>
        <translation>%1：触达 %2，兑换 %3；另有折扣让利 %4</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>受众</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <translation>%1；%2</translation>
    </message>
    <message>
        <source>How the intervals are made</source>
        <translation>区间的计算方法</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>%1, for %2 of table %3</source>
        <translation>%1，预测表 %3 的 %2</translation>
    </message>
    <message>
        <source>%1 of this segment; %2 treated, of whom %3 converted</source>
        <translation>该人群 %1 行；触达 %2 行，其中 %3 行转化</translation>
    </message>
    <message>
        <source>%1; %2 in the holdout, of whom %3 converted</source>
        <translation>%1；对照组 %2 行，其中 %3 行转化</translation>
    </message>
    <message>
        <source>Held-out rows</source>
        <translation>留出行</translation>
    </message>
    <message>
        <source>%1: %2 treated, %3 in the holdout</source>
        <translation>%1：触达 %2，对照 %3</translation>
    </message>
    <message>
        <source>Campaigns with a random holdout</source>
        <translation>带随机对照组的活动</translation>
    </message>
    <message>
        <source>none with this offer and channel</source>
        <translation>没有使用该优惠与渠道的活动</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Campaigns left out</source>
        <translation>未采用的活动</translation>
    </message>
    <message>
        <source>Reckoned with</source>
        <translation>测算假设</translation>
    </message>
    <message>
        <source>an order of %1 and a margin of %2</source>
        <translation>每单 %1，利润率 %2</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ExportForm</name>
    <message>
        <source>Folder for the exported files</source>
        <translation>导出文件夹</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Audience as CSV</source>
        <translation>受众名单（CSV）</translation>
    </message>
    <message>
        <source>Strategy as JSON</source>
        <translation>策略内容（JSON）</translation>
    </message>
    <message>
        <source>Report as web page (HTML)</source>
        <translation>网页报告（HTML）</translation>
    </message>
    <message>
        <source>Report as PDF</source>
        <translation>PDF 报告</translation>
    </message>
    <message>
        <source>One file for each strategy: its customers with score, offer and channel</source>
        <translation>每个策略一个文件：客户名单及得分、优惠和渠道</translation>
    </message>
    <message>
        <source>One file for each strategy: all that was decided, for other programs</source>
        <translation>每个策略一个文件：全部决定内容，供其他程序使用</translation>
    </message>
    <message>
        <source>One page about all of them, with charts; needs nothing else to be read</source>
        <translation>包含所有策略和图表的单个网页，可独立打开</translation>
    </message>
    <message>
        <source>The same report on pages of A4</source>
        <translation>同一报告的 A4 版</translation>
    </message>
    <message>
        <source>Personal columns</source>
        <translation>个人信息列</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>脱敏</translation>
    </message>
    <message>
        <source>Addresses and numbers cannot be read from the files</source>
        <translation>文件中看不到完整的邮箱和号码</translation>
    </message>
    <message>
        <source>Write in full</source>
        <translation>完整导出</translation>
    </message>
    <message>
        <source>Whoever has the files can write to these customers</source>
        <translation>拿到文件的人都能联系这些客户</translation>
    </message>
    <message>
        <source>Names, e-mail addresses and telephone numbers stand in the CSV as they are. Keep the files safe and delete them when they have been used.</source>
        <translation>姓名、邮箱和电话号码将原样写入 CSV。请妥善保管文件，用完即删除。</translation>
    </message>
    <message>
        <source>Names, e-mail addresses and telephone numbers become &quot;a***@e***&quot;. Customers keep their number, so that the sending system can find them.</source>
        <translation>姓名、邮箱和电话号码将显示为“a***@e***”。客户编号保留，发送系统仍可识别。</translation>
    </message>
    <message>
        <source>Language of the report</source>
        <translation>报告语言</translation>
    </message>
    <message>
        <source>In which report and messages are written</source>
        <translation>报告与消息所用的语言</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>选择其他文件夹</translation>
    </message>
    <message>
        <source>This one</source>
        <translation>当前策略</translation>
    </message>
    <message>
        <source>This one (%1)</source>
        <translation>当前策略（%1）</translation>
    </message>
    <message>
        <source>The strategy that the page shows</source>
        <translation>页面上正在显示的策略</translation>
    </message>
    <message>
        <source>All that are approved (%1)</source>
        <translation>全部已批准（%1）</translation>
    </message>
    <message>
        <source>All (%1)</source>
        <translation>全部（%1）</translation>
    </message>
    <message>
        <source>What is not approved is marked DRAFT in every file</source>
        <translation>未批准的策略会在每个文件中标记 DRAFT</translation>
    </message>
    <message>
        <source>None of their files is marked DRAFT</source>
        <translation>这些文件不带 DRAFT 标记</translation>
    </message>
    <message>
        <source>No strategy is approved yet.</source>
        <translation>还没有已批准的策略。</translation>
    </message>
    <message>
        <source>There is no strategy to export.</source>
        <translation>没有可导出的策略。</translation>
    </message>
    <message>
        <source>Choose at least one kind of file.</source>
        <translation>请至少选择一种文件。</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>请选择文件夹。</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ExportPanel</name>
    <message>
        <source>Preview of the export</source>
        <translation>导出预览</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>受众</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>The preview is being prepared</source>
        <translation>正在准备预览</translation>
    </message>
    <message>
        <source>The report as it will be written</source>
        <translation>将要写出的报告</translation>
    </message>
    <message>
        <source>No report is written with these choices.</source>
        <translation>当前选择不会生成报告。</translation>
    </message>
    <message>
        <source>First rows of the audience as they will stand in the file</source>
        <translation>受众名单的前几行，与文件内容一致</translation>
    </message>
    <message>
        <source>Audience of which strategy</source>
        <translation>选择查看哪个策略的受众</translation>
    </message>
    <message>
        <source>Files that will be written</source>
        <translation>将要写出的文件</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Writes the files and notes it in the history</source>
        <translation>写出文件并记入历史</translation>
    </message>
    <message>
        <source>Close the export</source>
        <translation>关闭导出</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Back to the review (Esc)</source>
        <translation>返回审核（Esc）</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>The files are being written.</source>
        <translation>正在写出文件。</translation>
    </message>
    <message>
        <source>Nothing has been written yet.</source>
        <translation>尚未写出任何文件。</translation>
    </message>
    <message>
        <source>The files have been written.</source>
        <translation>文件已写出。</translation>
    </message>
    <message>
        <source>No audience is written with these choices.</source>
        <translation>当前选择不会导出受众名单。</translation>
    </message>
    <message>
        <source>The first %1 of %2 customers of %3, as they will stand in the file.</source>
        <translation>%3 的 %2 名客户中的前 %1 名，与文件内容一致。</translation>
    </message>
    <message>
        <source>All %1 customers of %2, as they will stand in the file.</source>
        <translation>%2 的全部 %1 名客户，与文件内容一致。</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) will be written, %1 together.</source>
        <translation>
            <numerusform>将写出 %n 个文件，共 %1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them carry the mark DRAFT.</source>
        <translation>
            <numerusform>其中 %n 个带有 DRAFT 标记。</numerusform>
        </translation>
    </message>
    <message>
        <source>Exporting strategies</source>
        <translation>正在导出策略</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) in %1</source>
        <translation>
            <numerusform>%1 中的 %n 个文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) written.</source>
        <translation>
            <numerusform>已写出 %n 个文件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>The preview is being prepared…</source>
        <translation>正在准备预览…</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::FindBar</name>
    <message>
        <source>Enter: next · Shift+Enter: previous · Esc: close</source>
        <translation>Enter：下一个 · Shift+Enter：上一个 · Esc：关闭</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Find in the text and the nodes</source>
        <translation>在文本和节点中查找</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>Previous (Shift+Enter)</source>
        <translation>上一个 (Shift+Enter)</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Next (Enter)</source>
        <translation>下一个 (Enter)</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n node(s)</source>
        <translation>
            <numerusform>第 %1 个，共 %n 个节点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>In the text only</source>
        <translation>仅在文本中</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::GeneratePanel</name>
    <message>
        <source>Generate strategies</source>
        <translation>生成策略</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Back to the strategies (Esc)</source>
        <translation>返回策略列表（Esc）</translation>
    </message>
    <message>
        <source>Aim for</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Profit</source>
        <translation>利润</translation>
    </message>
    <message>
        <source>Revenue</source>
        <translation>收入</translation>
    </message>
    <message>
        <source>Conversions</source>
        <translation>转化</translation>
    </message>
    <message>
        <source>Offers and channels that bring the most extra profit</source>
        <translation>以增量利润最大为目标选择优惠与渠道</translation>
    </message>
    <message>
        <source>Offers and channels that bring the most extra revenue</source>
        <translation>以增量收入最大为目标选择优惠与渠道</translation>
    </message>
    <message>
        <source>Offers and channels that bring the most extra conversions</source>
        <translation>以增量转化最多为目标选择优惠与渠道</translation>
    </message>
    <message>
        <source>Budget for all (%1)</source>
        <translation>总预算（%1）</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>The most that all new strategies together may cost; empty: unlimited</source>
        <translation>所有新策略合计的最高费用；留空表示不限</translation>
    </message>
    <message>
        <source>Predictions</source>
        <translation>预测结果</translation>
    </message>
    <message>
        <source>Whose scores the segments are made of</source>
        <translation>按谁的评分划分人群</translation>
    </message>
    <message>
        <source>Customers to address</source>
        <translation>要触达的客户</translation>
    </message>
    <message>
        <source>Strategies are made of these offers and channels. What you change here is saved with the generation, or by itself.</source>
        <translation>策略由以下优惠与渠道组成。此处的更改会在生成时一并保存，也可以单独保存。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stops it; no strategy is kept then</source>
        <translation>停止生成；不会保留任何策略</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Progress of the generation</source>
        <translation>生成进度</translation>
    </message>
    <message>
        <source>Newest run: %1, scored by %2</source>
        <translation>最近一次运行：%1，由 %2 评分</translation>
    </message>
    <message>
        <source>%1: %2 of %3, %4</source>
        <translation>%1：%3 的 %2，%4</translation>
    </message>
    <message>
        <source>Those of the model&apos;s own table</source>
        <translation>模型训练表中的客户</translation>
    </message>
    <message>
        <source>This must be a number; it is “%1”.</source>
        <translation>此处必须是数字；现在是“%1”。</translation>
    </message>
    <message>
        <source>A budget is a positive amount; leave it empty for no limit.</source>
        <translation>预算必须是正数；留空表示不限。</translation>
    </message>
    <message>
        <source>Whom to address by the model&apos;s scores</source>
        <translation>按模型评分触达哪些客户</translation>
    </message>
    <message>
        <source>The newest run has chosen them already. Choose a model to address another table.</source>
        <translation>最近一次运行已经选定客户。要触达其他表的客户，请选择一个模型。</translation>
    </message>
    <message>
        <source>There are no predictions yet. Run the pipeline first.</source>
        <translation>还没有预测结果。请先运行流程图。</translation>
    </message>
    <message>
        <source>Strategies are being made.</source>
        <translation>正在生成策略。</translation>
    </message>
    <message>
        <source>Makes new drafts; the strategies that there are stay</source>
        <translation>生成新的草稿；已有策略保持不变</translation>
    </message>
    <message>
        <source>Generating strategies</source>
        <translation>正在生成策略</translation>
    </message>
    <message>
        <source>Saving the catalogue</source>
        <translation>正在保存目录</translation>
    </message>
    <message>
        <source>Catalogue saved.</source>
        <translation>目录已保存。</translation>
    </message>
    <message>
        <source>%1, %2 left</source>
        <translation>%1，剩余 %2</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::HistoryView</name>
    <message numerus="yes">
        <source>Show %n earlier</source>
        <translation>
            <numerusform>显示更早的 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>%1 (%2 times)</source>
        <translation>%1（%2 次）</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>who did what</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 · version %2 · %3</source>
        <translation>%1 · 版本 %2 · %3</translation>
    </message>
    <message>
        <source>Content %1
Entry %2 of the audit log, %3</source>
        <translation>内容 %1
审计日志第 %2 条，%3</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::HomePage</name>
    <message>
        <source>Lodestone did not close properly last time, with “%1” open. All that was reported as saved is there.</source>
        <translation>上次 Lodestone 未正常退出，当时打开的是“%1”。凡提示已保存的内容都完好。</translation>
    </message>
    <message>
        <source>Open it again</source>
        <translation>重新打开</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>首页</translation>
    </message>
    <message>
        <source>From a shop&apos;s exports to a campaign that you can defend</source>
        <translation>从店铺导出数据，到经得起推敲的营销活动</translation>
    </message>
    <message>
        <source>Open a project…</source>
        <translation>打开项目…</translation>
    </message>
    <message>
        <source>Open a project&apos;s folder</source>
        <translation>打开项目文件夹</translation>
    </message>
    <message>
        <source>Make and open the demo shop</source>
        <translation>生成并打开演示店铺</translation>
    </message>
    <message>
        <source>Look at the demo shop</source>
        <translation>看看演示店铺</translation>
    </message>
    <message>
        <source>Makes a shop with 50,000 customers, a million events and campaigns with a known truth, and walks the whole way from the files to strategies. Takes about half a minute, all on this computer.</source>
        <translation>生成一家有 5 万名客户、百万条行为记录的店铺，其营销活动的真实效果已知；再从原始文件一路走到营销策略。约需半分钟，全部在本机完成。</translation>
    </message>
    <message>
        <source>Make the demo</source>
        <translation>生成演示</translation>
    </message>
    <message>
        <source>Progress of the demo</source>
        <translation>演示生成进度</translation>
    </message>
    <message>
        <source>Open a project (a folder that ends in .lodestone)</source>
        <translation>打开项目（以 .lodestone 结尾的文件夹）</translation>
    </message>
    <message>
        <source>A project is being opened</source>
        <translation>正在打开项目</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop it; nothing is left half done</source>
        <translation>停止；不会留下半成品</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ImportColumns</name>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Yes or no</source>
        <translation>是/否</translation>
    </message>
    <message>
        <source>Date, 2026-12-31</source>
        <translation>日期，2026-12-31</translation>
    </message>
    <message>
        <source>Date, 31.12.2026</source>
        <translation>日期，31.12.2026</translation>
    </message>
    <message>
        <source>Date, 31/12/2026</source>
        <translation>日期，31/12/2026</translation>
    </message>
    <message>
        <source>Date, 12/31/2026</source>
        <translation>日期，12/31/2026</translation>
    </message>
    <message>
        <source>Date and time</source>
        <translation>日期和时间</translation>
    </message>
    <message>
        <source>As found: %1</source>
        <translation>自动识别：%1</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Columns and their types</source>
        <translation>列及其类型</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ImportOptions</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>comma</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>semicolon</source>
        <translation>分号</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>vertical bar</source>
        <translation>竖线</translation>
    </message>
    <message>
        <source>space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>double, &quot;</source>
        <translation>双引号 &quot;</translation>
    </message>
    <message>
        <source>single, &apos;</source>
        <translation>单引号 &apos;</translation>
    </message>
    <message>
        <source>Automatic (%1)</source>
        <translation>自动（%1）</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>How letters are stored: wrong when é or 中 look strange</source>
        <translation>字符的存储方式：若 é 或 中 显示为乱码，说明编码不对</translation>
    </message>
    <message>
        <source>Delimiter</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>What stands between the cells of a row</source>
        <translation>同一行中单元格之间的字符</translation>
    </message>
    <message>
        <source>Quotes</source>
        <translation>引号</translation>
    </message>
    <message>
        <source>What stands around cells that hold delimiters or line ends</source>
        <translation>包围含分隔符或换行的单元格的字符</translation>
    </message>
    <message>
        <source>First row</source>
        <translation>首行</translation>
    </message>
    <message>
        <source>Whether the first row names the columns</source>
        <translation>首行是否为列名</translation>
    </message>
    <message>
        <source>Types</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Numbers and dates are recognised, or everything stays text</source>
        <translation>识别数字和日期，或全部保留为文本</translation>
    </message>
    <message>
        <source>Rows that do not fit</source>
        <translation>不合规的行</translation>
    </message>
    <message>
        <source>A row that does not fit its column&apos;s type is kept apart with the reason, or ends the import</source>
        <translation>与列类型不符的行会连同原因单独保存，或中止导入</translation>
    </message>
    <message>
        <source>names</source>
        <translation>列名</translation>
    </message>
    <message>
        <source>data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Names of the columns</source>
        <translation>列名</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Recognised</source>
        <translation>自动识别</translation>
    </message>
    <message>
        <source>Everything is text</source>
        <translation>全部为文本</translation>
    </message>
    <message>
        <source>Keep apart and go on</source>
        <translation>单独保存并继续</translation>
    </message>
    <message>
        <source>Import nothing</source>
        <translation>中止导入</translation>
    </message>
    <message>
        <source>backslash</source>
        <translation>反斜杠</translation>
    </message>
    <message>
        <source>Sheet or table</source>
        <translation>工作表或数据表</translation>
    </message>
    <message>
        <source>Which of the file&apos;s tables is read</source>
        <translation>读取文件中的哪张表</translation>
    </message>
    <message>
        <source>Lines before the table</source>
        <translation>表前行数</translation>
    </message>
    <message>
        <source>A title or notes above the table: they are left out</source>
        <translation>表上方的标题或说明，不会导入</translation>
    </message>
    <message>
        <source>Rows of names</source>
        <translation>列名行数</translation>
    </message>
    <message>
        <source>How many rows together name the columns</source>
        <translation>由几行共同构成列名</translation>
    </message>
    <message>
        <source>Escape</source>
        <translation>转义符</translation>
    </message>
    <message>
        <source>What stands before a quote inside quotes</source>
        <translation>引号内的引号前所加的字符</translation>
    </message>
    <message>
        <source>Decimal sign</source>
        <translation>小数点</translation>
    </message>
    <message>
        <source>What stands between the whole number and its fraction</source>
        <translation>整数与小数之间的符号</translation>
    </message>
    <message>
        <source>point</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Marks of missing cells</source>
        <translation>缺失值标记</translation>
    </message>
    <message>
        <source>Words that mean that there is no value, separated by commas; blank cells always do</source>
        <translation>表示缺失的词，用逗号分隔；空白单元格始终视为缺失</translation>
    </message>
    <message>
        <source>Further settings</source>
        <translation>更多设置</translation>
    </message>
    <message>
        <source>Lines above the table, escapes, decimal sign, marks of missing cells</source>
        <translation>表前行数、转义符、小数点、缺失值标记</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>SELECT …</source>
        <translation>SELECT …</translation>
    </message>
    <message>
        <source>SQL that the database answers, in place of a whole table</source>
        <translation>由数据库执行的 SQL，代替整张表</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ImportPanel</name>
    <message>
        <source>Back to the tables (Esc)</source>
        <translation>返回数据表（Esc）</translation>
    </message>
    <message>
        <source>Back to the tables</source>
        <translation>返回数据表</translation>
    </message>
    <message>
        <source>Files can be dropped here too (Ctrl+O)</source>
        <translation>也可以将文件拖到这里（Ctrl+O）</translation>
    </message>
    <message>
        <source>Name of the table</source>
        <translation>表名</translation>
    </message>
    <message>
        <source>Replace the table of this name</source>
        <translation>替换同名的表</translation>
    </message>
    <message>
        <source>The rows that are in it now are gone then</source>
        <translation>表中现有的行将被清除</translation>
    </message>
    <message>
        <source>How the file is read</source>
        <translation>文件读取方式</translation>
    </message>
    <message>
        <source>Sample of the rows</source>
        <translation>数据样例</translation>
    </message>
    <message>
        <source>Files to import</source>
        <translation>要导入的文件</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation>导入进度</translation>
    </message>
    <message>
        <source>Cancel import</source>
        <translation>取消导入</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Import files</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>导入 %1</translation>
    </message>
    <message>
        <source>Import %1 files</source>
        <translation>导入 %1 个文件</translation>
    </message>
    <message>
        <source>Choose a file first</source>
        <translation>请先选择文件</translation>
    </message>
    <message>
        <source>The table needs a name</source>
        <translation>请填写表名</translation>
    </message>
    <message>
        <source>Two tables would be called %1</source>
        <translation>有两个表都将命名为 %1</translation>
    </message>
    <message>
        <source>There is a table %1: choose another name, or replace it</source>
        <translation>表 %1 已存在：请换一个名称，或选择替换</translation>
    </message>
    <message>
        <source>The file cannot be read</source>
        <translation>无法读取该文件</translation>
    </message>
    <message>
        <source>The file is still being looked at</source>
        <translation>正在检查文件</translation>
    </message>
    <message>
        <source>The first rows as they would be imported</source>
        <translation>前几行导入后的样子</translation>
    </message>
    <message>
        <source>There is nothing to show of this file</source>
        <translation>该文件没有可显示的内容</translation>
    </message>
    <message>
        <source>Import of %1</source>
        <translation>导入 %1</translation>
    </message>
    <message>
        <source>Import of %1 files</source>
        <translation>导入 %1 个文件</translation>
    </message>
    <message>
        <source>The import is running</source>
        <translation>正在导入</translation>
    </message>
    <message>
        <source>Choose other files…</source>
        <translation>选择其他文件…</translation>
    </message>
    <message>
        <source>Looking at the file…</source>
        <translation>正在检查文件…</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Keep these settings under a name, and use those that are kept</source>
        <translation>为这些设置命名保存，或使用已保存的设置</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Columns and types</source>
        <translation>列与类型</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt *.tab *.json *.ndjson *.jsonl *.parquet *.xlsx *.xlsm *.sqlite *.sqlite3 *.db *.gz *.zip)</source>
        <translation>数据表 (*.csv *.tsv *.txt *.tab *.json *.ndjson *.jsonl *.parquet *.xlsx *.xlsm *.sqlite *.sqlite3 *.db *.gz *.zip)</translation>
    </message>
    <message>
        <source>The file is read as %1 says</source>
        <translation>按 %1 的设置读取文件</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) above the table</source>
        <translation>
            <numerusform>表前 %n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) below it</source>
        <translation>
            <numerusform>表后 %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>; left out: %1</source>
        <translation>；未导入：%1</translation>
    </message>
    <message>
        <source>One table of all files</source>
        <translation>所有文件合为一张表</translation>
    </message>
    <message>
        <source>The rows of all files in one table: columns are matched by their names</source>
        <translation>所有文件的行放入一张表，按列名对应</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::LineageDialog</name>
    <message>
        <source>Where %1 came from</source>
        <translation>%1 的来源</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::LineageView</name>
    <message>
        <source>Where %1 came from</source>
        <translation>%1 的来源</translation>
    </message>
    <message>
        <source>The chart with the way to %1 lit</source>
        <translation>流程图，通往 %1 的路径已高亮</translation>
    </message>
    <message>
        <source>Following %1 back…</source>
        <translation>正在追溯 %1…</translation>
    </message>
    <message>
        <source>Choose a node that has run to see where its result came from.</source>
        <translation>选择已运行的节点，查看其结果的来源。</translation>
    </message>
    <message>
        <source>What</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>%1 rows, %2, imported %3 as %4</source>
        <translation>%1 行，%2，%3 导入为 %4</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>round %1</source>
        <translation>第 %1 轮</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>第 %1 版</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序版本</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ModelView</name>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>数据行</translation>
    </message>
    <message>
        <source>This training did not get to its end, so it has no figures.</source>
        <translation>这次训练没有完成，因此没有指标。</translation>
    </message>
    <message>
        <source>There are no epochs: this kind of model is made in one step, or the training ended before its first one.</source>
        <translation>没有训练轮次：这类模型一步完成，或训练在第一轮之前就结束了。</translation>
    </message>
    <message>
        <source>%1 · %2 · %3 of %4</source>
        <translation>%1 · %2 · %4 的 %3</translation>
    </message>
    <message>
        <source>The program ended while this was training. Its epochs are kept; train again for a model.</source>
        <translation>训练期间程序退出。已完成的轮次已保留；需要模型请重新训练。</translation>
    </message>
    <message>
        <source>This training was cancelled. Its epochs are kept; train again for a model.</source>
        <translation>这次训练已取消。已完成的轮次已保留；需要模型请重新训练。</translation>
    </message>
    <message>
        <source>Parts of the evaluation</source>
        <translation>评估的各部分</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ModelWords</name>
    <message>
        <source>positive</source>
        <translation>正例</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>No rows were held out, so nothing here tells how good it is on new rows.</source>
        <translation>没有留出行，因此无法判断模型在新数据上的表现。</translation>
    </message>
    <message>
        <source>On %1 held-out rows, never seen in training; %2 of them are “%3”.</source>
        <translation>基于 %1 个从未参与训练的留出行，其中 %2 个为“%3”。</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1 值</translation>
    </message>
    <message>
        <source>ROC AUC</source>
        <translation>ROC AUC</translation>
    </message>
    <message>
        <source>PR AUC</source>
        <translation>PR AUC</translation>
    </message>
    <message>
        <source>Log loss</source>
        <translation>对数损失</translation>
    </message>
    <message>
        <source>Brier score</source>
        <translation>Brier 分数</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Train a model, and see on rows that it never saw how good it is</source>
        <translation>训练模型，并在它从未见过的数据行上检验效果</translation>
    </message>
    <message numerus="yes">
        <source>%n training(s)</source>
        <translation>
            <numerusform>%n 次训练</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Train a model as the form says</source>
        <translation>按表单设置训练模型</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on with the training</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>Hold the training</source>
        <translation>暂停训练</translation>
    </message>
    <message>
        <source>Cancel training</source>
        <translation>取消训练</translation>
    </message>
    <message>
        <source>Stop the training; its epochs are kept</source>
        <translation>停止训练；已完成的轮次会保留</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Show the two selected models beside each other</source>
        <translation>并排显示选中的两个模型</translation>
    </message>
    <message>
        <source>Copy run card</source>
        <translation>复制运行卡</translation>
    </message>
    <message>
        <source>Copy the run card as text</source>
        <translation>将运行卡复制为文本</translation>
    </message>
    <message>
        <source>There is no table to learn from</source>
        <translation>还没有可供学习的数据表</translation>
    </message>
    <message>
        <source>Import your customers, orders or campaign results first.</source>
        <translation>请先导入客户、订单或活动结果数据。</translation>
    </message>
    <message>
        <source>Import data</source>
        <translation>导入数据</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>还没有模型</translation>
    </message>
    <message>
        <source>Choose on the left what to predict. A simple baseline always trains beside the model, and both are measured on rows that neither has seen.</source>
        <translation>请在左侧选择要预测的内容。训练时总会同时训练一个简单的基线，两者都在从未见过的数据行上评估。</translation>
    </message>
    <message>
        <source>Train the first model</source>
        <translation>训练第一个模型</translation>
    </message>
    <message>
        <source>Reading the models</source>
        <translation>正在读取模型</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>Reading %1 and %2</source>
        <translation>正在读取 %1 和 %2</translation>
    </message>
    <message>
        <source>Training %1 to predict %2</source>
        <translation>正在训练 %1，预测 %2</translation>
    </message>
    <message>
        <source>A training is running: wait for its end, or cancel it.</source>
        <translation>已有训练正在进行：请等待其结束，或取消它。</translation>
    </message>
    <message>
        <source>No training is running.</source>
        <translation>当前没有训练。</translation>
    </message>
    <message>
        <source>Select two finished models in the list, with Ctrl held.</source>
        <translation>请按住 Ctrl 在列表中选择两个已完成的模型。</translation>
    </message>
    <message>
        <source>Select a model in the list.</source>
        <translation>请在列表中选择一个模型。</translation>
    </message>
    <message>
        <source>Where it came from</source>
        <translation>查看来源</translation>
    </message>
    <message>
        <source>From the model back to its rows and their files</source>
        <translation>从模型追溯到其数据行与文件</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::NamePrompt</name>
    <message>
        <source>Who are you? The history of a strategy names everybody who changed or reviewed it.</source>
        <translation>您是谁？策略的历史会记录每一位修改者和审核者。</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的姓名</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::NewProject</name>
    <message>
        <source>Where the project will be</source>
        <translation>选择项目存放位置</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of the new project</source>
        <translation>新项目的名称</translation>
    </message>
    <message>
        <source>spring-campaign</source>
        <translation>春季促销</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Folder that the project is made in</source>
        <translation>新项目所在的文件夹</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>流程图</translation>
    </message>
    <message>
        <source>Pipeline to begin with</source>
        <translation>起始流程图</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Choose the folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Strategy generation (S3)</source>
        <translation>策略生成（S3）</translation>
    </message>
    <message>
        <source>Collect, preprocess, extract features, train, predict, make strategies, evaluate, optimise. The place to begin.</source>
        <translation>收集、预处理、提取特征、训练、预测、生成策略、评估、优化。推荐从这里开始。</translation>
    </message>
    <message>
        <source>Precision marketing (S2)</source>
        <translation>精准营销（S2）</translation>
    </message>
    <message>
        <source>User profiles and recommendation with a feedback loop.</source>
        <translation>用户画像与推荐，带反馈闭环。</translation>
    </message>
    <message>
        <source>Strategy and effect prediction (S1)</source>
        <translation>策略与效果预测（S1）</translation>
    </message>
    <message>
        <source>Strategies and their effects with a feedback loop.</source>
        <translation>生成策略并预测效果，带反馈闭环。</translation>
    </message>
    <message>
        <source>Marketing automation (S0)</source>
        <translation>营销自动化（S0）</translation>
    </message>
    <message>
        <source>From collection to the automated campaign in eleven steps.</source>
        <translation>从数据收集到自动化营销，共十一步。</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>空白</translation>
    </message>
    <message>
        <source>Begin with data; choose a pipeline later.</source>
        <translation>先导入数据，稍后再选流程图。</translation>
    </message>
    <message>
        <source>Give the project a name.</source>
        <translation>请为项目命名。</translation>
    </message>
    <message>
        <source>A name has no slash and does not begin with a full stop.</source>
        <translation>名称不能包含斜杠，也不能以句点开头。</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>文件夹 %1 不存在。</translation>
    </message>
    <message>
        <source>Nothing can be written to %1.</source>
        <translation>无法写入 %1。</translation>
    </message>
    <message>
        <source>%1 is there already.</source>
        <translation>%1 已存在。</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::NodeInspector</name>
    <message>
        <source>Import data</source>
        <translation>导入数据</translation>
    </message>
    <message>
        <source>Select a node of the chart to see and set what it does.</source>
        <translation>选择图中的一个节点，查看并设置它的作用。</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Run to here</source>
        <translation>运行到此处</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Node %1</source>
        <translation>节点 %1</translation>
    </message>
    <message>
        <source>Runs this node and what it needs (Shift+F5)</source>
        <translation>运行此节点及其所需的前置节点（Shift+F5）</translation>
    </message>
    <message>
        <source>As its label says: %1</source>
        <translation>按标签识别：%1</translation>
    </message>
    <message>
        <source>Not configured</source>
        <translation>未配置</translation>
    </message>
    <message>
        <source>No stage is known by this label. Choose what the node does.</source>
        <translation>无法按此标签识别阶段，请选择该节点的作用。</translation>
    </message>
    <message>
        <source>Its label may mean “%1” (%2 sure).</source>
        <translation>其标签可能表示“%1”（把握 %2）。</translation>
    </message>
    <message>
        <source>Use this stage</source>
        <translation>使用此阶段</translation>
    </message>
    <message>
        <source>When it runs</source>
        <translation>何时运行</translation>
    </message>
    <message>
        <source>By itself</source>
        <translation>自动运行</translation>
    </message>
    <message>
        <source>When somebody applies it</source>
        <translation>由人手动应用时</translation>
    </message>
    <message>
        <source>A run stops before a node that is applied by hand, until somebody asks for it</source>
        <translation>运行会停在手动应用的节点之前，直到有人要求执行</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Runs this node and what follows it (Ctrl+Enter)</source>
        <translation>运行此节点及其后的节点（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>None: the query gives the rows</source>
        <translation>无：由查询给出数据行</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::NodeStatus</name>
    <message>
        <source>unchanged</source>
        <translation>未变化</translation>
    </message>
    <message numerus="yes">
        <source>%1 strategies</source>
        <translation>
            <numerusform>%1 个策略</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 row(s)</source>
        <translation>
            <numerusform>%1 行</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::pages::PipelinePage</name>
    <message>
        <source>Open a project first.</source>
        <translation>请先打开一个项目。</translation>
    </message>
    <message>
        <source>The project has no flowchart yet.</source>
        <translation>项目还没有流程图。</translation>
    </message>
    <message>
        <source>A run is going on.</source>
        <translation>正在运行。</translation>
    </message>
    <message>
        <source>Mend the text first: line %1.</source>
        <translation>请先修正文本：第 %1 行。</translation>
    </message>
    <message>
        <source>Select a node first.</source>
        <translation>请先选择一个节点。</translation>
    </message>
    <message>
        <source>Run of the flowchart</source>
        <translation>运行流程图</translation>
    </message>
    <message>
        <source>Run to %1</source>
        <translation>运行到 %1</translation>
    </message>
    <message>
        <source>Cancelled. What was done is kept; run again to go on.</source>
        <translation>已取消。已完成的部分会保留，再次运行即可继续。</translation>
    </message>
    <message numerus="yes">
        <source>The run is done: %n strategies.</source>
        <translation>
            <numerusform>运行完成：%n 个策略。</numerusform>
        </translation>
    </message>
    <message>
        <source>Open in Strategies</source>
        <translation>在“策略”中打开</translation>
    </message>
    <message>
        <source>The run is done.</source>
        <translation>运行完成。</translation>
    </message>
    <message>
        <source>Open a Mermaid file</source>
        <translation>打开 Mermaid 文件</translation>
    </message>
    <message>
        <source>Mermaid flowcharts (*.mmd *.mermaid *.md);;All files (*)</source>
        <translation>Mermaid 流程图 (*.mmd *.mermaid *.md);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Drawing (*.svg)</source>
        <translation>矢量图 (*.svg)</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Mermaid flowcharts (*.mmd)</source>
        <translation>Mermaid 流程图 (*.mmd)</translation>
    </message>
    <message>
        <source>Export the flowchart</source>
        <translation>导出流程图</translation>
    </message>
    <message>
        <source>Export of the flowchart</source>
        <translation>导出流程图</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>流程图</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>last run: %1, %2</source>
        <translation>上次运行：%1，%2</translation>
    </message>
    <message>
        <source>not run yet</source>
        <translation>尚未运行</translation>
    </message>
    <message>
        <source>Another program has changed pipeline.mmd. Nothing is saved until you choose.</source>
        <translation>其他程序修改了 pipeline.mmd。在您选择之前不会保存任何内容。</translation>
    </message>
    <message>
        <source>Text of the flowchart</source>
        <translation>流程图文本</translation>
    </message>
    <message>
        <source>Load the file</source>
        <translation>载入文件</translation>
    </message>
    <message>
        <source>Shows the file&apos;s text here; Undo brings yours back</source>
        <translation>在此显示文件的内容；撤销可恢复您的文本</translation>
    </message>
    <message>
        <source>Keep my text</source>
        <translation>保留我的文本</translation>
    </message>
    <message>
        <source>Writes the text shown here over the file</source>
        <translation>用这里显示的文本覆盖文件</translation>
    </message>
    <message>
        <source>Text and drawing</source>
        <translation>文本与图形</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Run all of the chart; what has not changed is taken from earlier runs</source>
        <translation>运行整个流程图；没有变化的部分沿用之前的结果</translation>
    </message>
    <message>
        <source>Run to here</source>
        <translation>运行到此处</translation>
    </message>
    <message>
        <source>Run the selected node and what it needs</source>
        <translation>运行所选节点及其所需的前置节点</translation>
    </message>
    <message>
        <source>Cancel the run</source>
        <translation>取消运行</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Templates, files, cycles</source>
        <translation>模板、文件、循环次数</translation>
    </message>
    <message>
        <source>Use a template</source>
        <translation>使用模板</translation>
    </message>
    <message>
        <source>Template: %1</source>
        <translation>模板：%1</translation>
    </message>
    <message>
        <source>Times round a cycle</source>
        <translation>循环次数</translation>
    </message>
    <message>
        <source>Times round a cycle: standard (2)</source>
        <translation>循环次数：默认（2）</translation>
    </message>
    <message>
        <source>Times round a cycle: %1</source>
        <translation>循环次数：%1</translation>
    </message>
    <message>
        <source>Run everything anew</source>
        <translation>全部重新运行</translation>
    </message>
    <message>
        <source>Ignore what earlier runs left</source>
        <translation>忽略之前运行留下的结果</translation>
    </message>
    <message>
        <source>Open a Mermaid file…</source>
        <translation>打开 Mermaid 文件…</translation>
    </message>
    <message>
        <source>Export as %1…</source>
        <translation>导出为 %1…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Show all of the chart</source>
        <translation>显示全图</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>The text has a mistake. This is the last chart that read.</source>
        <translation>文本有误，这里显示的是上一个可读的流程图。</translation>
    </message>
    <message>
        <source>The text has a mistake. The chart appears when it is mended.</source>
        <translation>文本有误，修正后将显示流程图。</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>Last run: %1</source>
        <translation>上次运行：%1</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Export on a dark ground</source>
        <translation>以深色背景导出</translation>
    </message>
    <message>
        <source>Drawings are on white unless this is on</source>
        <translation>未开启时图形为白色背景</translation>
    </message>
    <message>
        <source>What fits here</source>
        <translation>此处可填内容</translation>
    </message>
    <message>
        <source>Lists what may stand at the cursor of the text</source>
        <translation>列出光标处可以填写的内容</translation>
    </message>
    <message>
        <source>Comment in the text</source>
        <translation>注释所选文本</translation>
    </message>
    <message>
        <source>Makes the selected lines comments, or lines again</source>
        <translation>将所选行变为注释，或取消注释</translation>
    </message>
    <message>
        <source>Find in the text and the nodes</source>
        <translation>在文本和节点中查找</translation>
    </message>
    <message>
        <source>Run from %1</source>
        <translation>从 %1 开始运行</translation>
    </message>
    <message>
        <source>The run waits: a node is applied by hand.</source>
        <translation>运行正在等待：有节点需要手动应用。</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Templates, node by node…</source>
        <translation>模板详解…</translation>
    </message>
    <message>
        <source>Show lineage</source>
        <translation>查看来源</translation>
    </message>
    <message>
        <source>Where what the selected node left came from</source>
        <translation>所选节点的结果来自哪里</translation>
    </message>
    <message>
        <source>Memory: %1 at most</source>
        <translation>内存：最多 %1</translation>
    </message>
    <message>
        <source>You see run %1 of the past: its states, outputs and log.</source>
        <translation>正在查看历史运行 %1：其状态、输出与日志。</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>回到当前</translation>
    </message>
    <message>
        <source>An exported file or a saved picture</source>
        <translation>导出的文件或保存的图片</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Where a file came from…</source>
        <translation>查看文件的来源…</translation>
    </message>
    <message>
        <source>Leads from an exported file or a saved picture back to the data</source>
        <translation>从导出的文件或保存的图片追溯到数据</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::PortList</name>
    <message>
        <source>Takes</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Gives</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1，来自 %2</translation>
    </message>
    <message>
        <source>%1: nobody gives it. Connect a node that does.</source>
        <translation>%1：没有节点提供。请连接能提供它的节点。</translation>
    </message>
    <message>
        <source>%1, if there is any</source>
        <translation>%1（可选）</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ProfileRows</name>
    <message>
        <source>Identifier</source>
        <translation>标识符</translation>
    </message>
    <message>
        <source>Whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Date and time</source>
        <translation>日期时间</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Yes or no</source>
        <translation>是/否</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>Distinct</source>
        <translation>不同值</translation>
    </message>
    <message>
        <source>Smallest</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Std. deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>Most frequent</source>
        <translation>最常见</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a number</source>
        <translation>“%1”不是数字</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a whole number</source>
        <translation>“%1”不是整数</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is beyond the whole numbers of 64 bits</source>
        <translation>“%1”超出 64 位整数的范围</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is beyond the numbers of 64 bits</source>
        <translation>“%1”超出 64 位浮点数的范围</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has a time of day beside its date</source>
        <translation>“%1”除日期外还带有时间</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a date written as %2</source>
        <translation>“%1”不是按 %2 书写的日期</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a date</source>
        <translation>“%1”不是日期</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a date and time</source>
        <translation>“%1”不是日期时间</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is neither true nor false</source>
        <translation>“%1”既不是 true 也不是 false</translation>
    </message>
    <message>
        <source>%1 cells where %2 are expected</source>
        <translation>有 %1 个单元格，应为 %2 个</translation>
    </message>
    <message>
        <source>text stands beside a quoted cell</source>
        <translation>引号单元格旁有多余文字</translation>
    </message>
    <message>
        <source>a quote is opened and never closed</source>
        <translation>引号未闭合</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Row as it stands in the file</source>
        <translation>文件中的原始行</translation>
    </message>
    <message>
        <source>whole row</source>
        <translation>整行</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ProjectOverview</name>
    <message>
        <source>Reading the project</source>
        <translation>正在读取项目</translation>
    </message>
    <message numerus="yes">
        <source>%n table(s)</source>
        <translation>
            <numerusform>%n 张表</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>not run yet</source>
        <translation>尚未运行</translation>
    </message>
    <message>
        <source>ready to be set up</source>
        <translation>等待配置</translation>
    </message>
    <message>
        <source>no pipeline yet</source>
        <translation>还没有流程图</translation>
    </message>
    <message>
        <source>last run %1</source>
        <translation>上次运行 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n 个模型</numerusform>
        </translation>
    </message>
    <message>
        <source>best ROC AUC on test rows: %1</source>
        <translation>测试集最佳 ROC AUC：%1</translation>
    </message>
    <message>
        <source>none trained yet</source>
        <translation>尚未训练</translation>
    </message>
    <message numerus="yes">
        <source>%n strategies</source>
        <translation>
            <numerusform>%n 个策略</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s)</source>
        <translation>
            <numerusform>%n 个草稿</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n 个待审核</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n approved</source>
        <translation>
            <numerusform>%n 个已批准</numerusform>
        </translation>
    </message>
    <message>
        <source>Next: load a shop&apos;s exports.</source>
        <translation>下一步：导入店铺导出的数据。</translation>
    </message>
    <message>
        <source>Import data</source>
        <translation>导入数据</translation>
    </message>
    <message>
        <source>Next: set the pipeline up on your tables and run it.</source>
        <translation>下一步：为您的数据表配置流程图并运行。</translation>
    </message>
    <message>
        <source>Open the pipeline</source>
        <translation>打开流程图</translation>
    </message>
    <message>
        <source>Next: let strategies be made from the predictions.</source>
        <translation>下一步：根据预测结果生成策略。</translation>
    </message>
    <message>
        <source>Make strategies</source>
        <translation>生成策略</translation>
    </message>
    <message>
        <source>Next: someone other than the author looks at what is in review.</source>
        <translation>下一步：由作者以外的人审核。</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>Next: export what was approved.</source>
        <translation>下一步：导出已批准的策略。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Next: look at the strategies, change what you must, and send them to review.</source>
        <translation>下一步：查看策略，按需修改，然后提交审核。</translation>
    </message>
    <message>
        <source>Look at strategies</source>
        <translation>查看策略</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::QualityView</name>
    <message>
        <source>It ranks them about as well as its baseline (%1): ROC AUC %2 against %3, closer than so few rows can tell apart.</source>
        <translation>排序能力与基线（%1）相当：ROC AUC 为 %2，基线为 %3，这么少的行无法区分这样的差异。</translation>
    </message>
    <message>
        <source>It ranks them better than its baseline (%1): ROC AUC %2 against %3.</source>
        <translation>排序能力优于基线（%1）：ROC AUC 为 %2，基线为 %3。</translation>
    </message>
    <message>
        <source>It ranks them worse than its baseline (%1): ROC AUC %2 against %3. Prefer the baseline.</source>
        <translation>排序能力不如基线（%1）：ROC AUC 为 %2，基线为 %3。建议使用基线。</translation>
    </message>
    <message>
        <source>baseline %1</source>
        <translation>基线 %1</translation>
    </message>
    <message>
        <source>%1 ± %2 over %3 folds</source>
        <translation>%3 折交叉验证 %1 ± %2</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Test, baseline</source>
        <translation>测试，基线</translation>
    </message>
    <message>
        <source>At a threshold of 0.5</source>
        <translation>阈值为 0.5 时</translation>
    </message>
    <message>
        <source>%1 of %2 “%3” found; %4 false alarms.</source>
        <translation>%2 个“%3”中找到 %1 个；误报 %4 个。</translation>
    </message>
    <message>
        <source>There are no held-out rows to draw it from.</source>
        <translation>没有留出行，无法绘制。</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>ROC curve</source>
        <translation>ROC 曲线</translation>
    </message>
    <message>
        <source>False positive rate</source>
        <translation>假正例率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>chance</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Area %1; baseline %2; chance 0.5.</source>
        <translation>曲线下面积 %1；基线 %2；随机为 0.5。</translation>
    </message>
    <message>
        <source>Precision and recall</source>
        <translation>精确率与召回率</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>全部触达</translation>
    </message>
    <message>
        <source>Area %1; baseline %2; picking everybody %3.</source>
        <translation>曲线下面积 %1；基线 %2；全部触达为 %3。</translation>
    </message>
    <message>
        <source>If training is far better than test, the model has learned by heart.</source>
        <translation>若训练成绩远好于测试，说明模型只是死记硬背。</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::QueueModel</name>
    <message>
        <source>Waiting for review · %1</source>
        <translation>等待审核 · %1</translation>
    </message>
    <message>
        <source>Drafts · %1</source>
        <translation>草稿 · %1</translation>
    </message>
    <message>
        <source>Changes requested · %1</source>
        <translation>要求修改 · %1</translation>
    </message>
    <message>
        <source>Approved · %1</source>
        <translation>已批准 · %1</translation>
    </message>
    <message>
        <source>Exported · %1</source>
        <translation>已导出 · %1</translation>
    </message>
    <message>
        <source>Measured · %1</source>
        <translation>已评估效果 · %1</translation>
    </message>
    <message>
        <source>Rejected · %1</source>
        <translation>已驳回 · %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln customer(s)</source>
        <translation>
            <numerusform>%Ln 名客户</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · sent by %2</source>
        <translation>%1 · 由 %2 提交</translation>
    </message>
    <message>
        <source>%1 · decided by %2</source>
        <translation>%1 · 由 %2 审核</translation>
    </message>
    <message>
        <source>%1 · written by %2</source>
        <translation>%1 · 由 %2 编写</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::RecentProjects</name>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>Projects that you open are listed here.</source>
        <translation>您打开过的项目会显示在这里。</translation>
    </message>
    <message>
        <source>Take it off this list; the project stays where it is</source>
        <translation>从列表中移除；项目本身不受影响</translation>
    </message>
    <message>
        <source>Take %1 off the list</source>
        <translation>从列表中移除 %1</translation>
    </message>
    <message>
        <source>opened %1</source>
        <translation>打开于 %1</translation>
    </message>
    <message>
        <source>The folder is not there any more</source>
        <translation>文件夹已不存在</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting for review</source>
        <translation>
            <numerusform>%n 个待审核</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n strategies</source>
        <translation>
            <numerusform>%n 个策略</numerusform>
        </translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>Measuring projects</source>
        <translation>正在统计项目大小</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::RecipePanel</name>
    <message>
        <source>Read from a file…</source>
        <translation>从文件读取…</translation>
    </message>
    <message>
        <source>Write to a file…</source>
        <translation>写入文件…</translation>
    </message>
    <message>
        <source>Add step</source>
        <translation>添加步骤</translation>
    </message>
    <message>
        <source>What is to be done to the table, one step after the other</source>
        <translation>依次对表执行的操作</translation>
    </message>
    <message>
        <source>Move the step up</source>
        <translation>上移步骤</translation>
    </message>
    <message>
        <source>Move the step up (Alt+Up)</source>
        <translation>上移步骤 (Alt+Up)</translation>
    </message>
    <message>
        <source>Move the step down</source>
        <translation>下移步骤</translation>
    </message>
    <message>
        <source>Move the step down (Alt+Down)</source>
        <translation>下移步骤 (Alt+Down)</translation>
    </message>
    <message>
        <source>Remove the step</source>
        <translation>删除步骤</translation>
    </message>
    <message>
        <source>Recipes</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Keep these steps under a name, and use those that are kept</source>
        <translation>为这些步骤命名保存，或使用已保存的步骤</translation>
    </message>
    <message>
        <source>Steps of the recipe</source>
        <translation>配方步骤</translation>
    </message>
    <message>
        <source>Rows that the step changes</source>
        <translation>该步骤更改的行</translation>
    </message>
    <message>
        <source>Make the clean table</source>
        <translation>生成清洗后的表</translation>
    </message>
    <message>
        <source>No cleaning steps yet</source>
        <translation>还没有清洗步骤</translation>
    </message>
    <message>
        <source>Fill gaps, drop duplicates, mend texts and dates. Each step shows what it changes before anything is done; this table stays as it is.</source>
        <translation>填补缺失、删除重复、修正文本和日期。每一步都会先显示将要更改的内容；本表保持不变。</translation>
    </message>
    <message>
        <source>Add a step</source>
        <translation>添加步骤</translation>
    </message>
    <message numerus="yes">
        <source>Take over %n suggestion(s) of the profile</source>
        <translation>
            <numerusform>采用数据概况的 %n 条建议</numerusform>
        </translation>
    </message>
    <message>
        <source>suggested steps</source>
        <translation>建议的步骤</translation>
    </message>
    <message>
        <source>added step</source>
        <translation>添加步骤</translation>
    </message>
    <message>
        <source>removed step</source>
        <translation>删除步骤</translation>
    </message>
    <message>
        <source>moved step</source>
        <translation>移动步骤</translation>
    </message>
    <message>
        <source>changed step</source>
        <translation>修改步骤</translation>
    </message>
    <message>
        <source>%1 → %2 rows</source>
        <translation>%1 → %2 行</translation>
    </message>
    <message>
        <source>%1 rows change</source>
        <translation>%1 行有更改</translation>
    </message>
    <message>
        <source>does not work yet</source>
        <translation>尚不可用</translation>
    </message>
    <message>
        <source>Select a step first</source>
        <translation>请先选择步骤</translation>
    </message>
    <message>
        <source>It is the first step</source>
        <translation>已是第一步</translation>
    </message>
    <message>
        <source>It is the last step</source>
        <translation>已是最后一步</translation>
    </message>
    <message>
        <source>Looking at what changes…</source>
        <translation>正在计算更改…</translation>
    </message>
    <message>
        <source>This step does not work yet</source>
        <translation>此步骤尚不可用</translation>
    </message>
    <message>
        <source>A step before this one does not work yet</source>
        <translation>前面的步骤尚不可用</translation>
    </message>
    <message>
        <source>This step changes nothing</source>
        <translation>此步骤不会更改任何内容</translation>
    </message>
    <message>
        <source>%1 of %2 rows change; the first ones:</source>
        <translation>%2 行中有 %1 行更改，前几行：</translation>
    </message>
    <message>
        <source>(in a sample of %1 rows)</source>
        <translation>（抽样 %1 行）</translation>
    </message>
    <message>
        <source>recipe %1</source>
        <translation>配方 %1</translation>
    </message>
    <message>
        <source>Read a recipe</source>
        <translation>读取配方</translation>
    </message>
    <message>
        <source>Recipes (*.json)</source>
        <translation>配方 (*.json)</translation>
    </message>
    <message>
        <source>Write the recipe</source>
        <translation>写入配方</translation>
    </message>
    <message>
        <source>The recipe is in %1</source>
        <translation>配方已写入 %1</translation>
    </message>
    <message>
        <source>In a sample: %1</source>
        <translation>抽样：%1</translation>
    </message>
    <message>
        <source>Choose a table first</source>
        <translation>请先选择一张表</translation>
    </message>
    <message>
        <source>Add a step first</source>
        <translation>请先添加步骤</translation>
    </message>
    <message>
        <source>Step %1 does not work yet</source>
        <translation>第 %1 步尚不可用</translation>
    </message>
    <message>
        <source>Cleaning of %1</source>
        <translation>清洗 %1</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ReviewInspector</name>
    <message>
        <source>Reviewing as</source>
        <translation>审核人</translation>
    </message>
    <message>
        <source>Your name, as the history will have it</source>
        <translation>您的姓名，将写入历史记录</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>评论</translation>
    </message>
    <message>
        <source>Needed to request changes or to reject</source>
        <translation>要求修改或驳回时必填</translation>
    </message>
    <message>
        <source>Add it as a comment</source>
        <translation>添加为评论</translation>
    </message>
    <message>
        <source>Add comment</source>
        <translation>添加评论</translation>
    </message>
    <message>
        <source>Keeps the comment without deciding</source>
        <translation>只保存评论，不作决定</translation>
    </message>
    <message>
        <source>Send to review</source>
        <translation>提交审核</translation>
    </message>
    <message>
        <source>Locks the draft until another person decides</source>
        <translation>锁定草稿，等待他人审核</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Approves exactly this content; any edit voids it</source>
        <translation>批准当前内容；任何修改都会使批准失效</translation>
    </message>
    <message>
        <source>Request changes</source>
        <translation>要求修改</translation>
    </message>
    <message>
        <source>Sends it back with your comment</source>
        <translation>附上评论退回修改</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>驳回</translation>
    </message>
    <message>
        <source>Closes this version with your comment</source>
        <translation>附上评论关闭此版本</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>评论</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>%1, version %2, written by %3</source>
        <translation>%1，版本 %2，由 %3 编写</translation>
    </message>
    <message>
        <source>%1, version %2, written by %3, sent to review by %4</source>
        <translation>%1，版本 %2，由 %3 编写，由 %4 提交审核</translation>
    </message>
    <message>
        <source>Choose a strategy first.</source>
        <translation>请先选择策略。</translation>
    </message>
    <message>
        <source>The last step is being saved.</source>
        <translation>正在保存上一步操作。</translation>
    </message>
    <message>
        <source>Say first who you are, under &quot;Reviewing as&quot;.</source>
        <translation>请先在“审核人”处填写您的姓名。</translation>
    </message>
    <message>
        <source>Write the comment first.</source>
        <translation>请先填写评论。</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ReviewPage</name>
    <message>
        <source>Review</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>%1 · %2 of %3 strategies wait for review</source>
        <translation>%1 · %3 个策略中有 %2 个等待审核</translation>
    </message>
    <message>
        <source>Nothing to review yet</source>
        <translation>暂无可审核的策略</translation>
    </message>
    <message>
        <source>Strategies are made from a model&apos;s predictions. Once there are some, they are reviewed and exported here.</source>
        <translation>策略根据模型的预测生成。生成后可在这里审核并导出。</translation>
    </message>
    <message>
        <source>Go to strategies</source>
        <translation>前往策略页</translation>
    </message>
    <message>
        <source>Opens the page on which strategies are made</source>
        <translation>打开生成策略的页面</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Two versions side by side (%1)</source>
        <translation>两个版本并排对照（%1）</translation>
    </message>
    <message>
        <source>The chosen strategy</source>
        <translation>所选策略</translation>
    </message>
    <message>
        <source>Approve the strategy</source>
        <translation>批准策略</translation>
    </message>
    <message>
        <source>Request changes to the strategy</source>
        <translation>要求修改策略</translation>
    </message>
    <message>
        <source>Reject the strategy</source>
        <translation>驳回策略</translation>
    </message>
    <message>
        <source>Send the strategy to review</source>
        <translation>将策略提交审核</translation>
    </message>
    <message>
        <source>Add the comment</source>
        <translation>添加评论</translation>
    </message>
    <message>
        <source>Next strategy of the queue</source>
        <translation>队列中的下一个策略</translation>
    </message>
    <message>
        <source>Previous strategy of the queue</source>
        <translation>队列中的上一个策略</translation>
    </message>
    <message>
        <source>Show the document or the difference</source>
        <translation>切换文档与差异</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Writes audiences and reports, with a preview (%1)</source>
        <translation>导出受众与报告，可先预览（%1）</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>Checks that nothing in this project was changed behind its back: contents, history, models, reports, tables</source>
        <translation>检查项目是否被外部改动：内容、历史、模型、报告和数据表</translation>
    </message>
    <message>
        <source>There is no strategy to export.</source>
        <translation>没有可导出的策略。</translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation>没有打开的项目。</translation>
    </message>
    <message>
        <source>The project is being verified.</source>
        <translation>正在校验项目。</translation>
    </message>
    <message>
        <source>Reading the strategies</source>
        <translation>正在读取策略</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>Saving the decision</source>
        <translation>正在保存审核结论</translation>
    </message>
    <message>
        <source>%1 is in review: another person decides now.</source>
        <translation>%1 已提交审核，由他人决定。</translation>
    </message>
    <message>
        <source>%1 approved. Editing it later makes a new draft.</source>
        <translation>%1 已批准。之后修改将产生新的草稿。</translation>
    </message>
    <message>
        <source>%1 went back with changes requested. Editing it makes a new draft.</source>
        <translation>%1 已退回修改。修改将产生新的草稿。</translation>
    </message>
    <message>
        <source>%1 rejected. Editing it makes a new draft.</source>
        <translation>%1 已驳回。修改将产生新的草稿。</translation>
    </message>
    <message>
        <source>Nothing else waits for review.</source>
        <translation>没有其他策略等待审核。</translation>
    </message>
    <message>
        <source>Next: %1.</source>
        <translation>下一个：%1。</translation>
    </message>
    <message>
        <source>Open on Strategies</source>
        <translation>在策略页打开</translation>
    </message>
    <message>
        <source>Saving the comment</source>
        <translation>正在保存评论</translation>
    </message>
    <message>
        <source>Verifying the project</source>
        <translation>正在校验项目</translation>
    </message>
    <message>
        <source>All is as it was recorded: contents, history, models, reports and tables.</source>
        <translation>一切与记录一致：内容、历史、模型、报告和数据表。</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s) found:</source>
        <translation>
            <numerusform>发现 %n 个问题：</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ReviewQueue</name>
    <message>
        <source>Strategies to review</source>
        <translation>待审核的策略</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待审核</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>要求修改</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Strategies in review that wait for a decision</source>
        <translation>正在审核、等待决定的策略</translation>
    </message>
    <message>
        <source>Strategies that were sent back with changes requested</source>
        <translation>已退回、要求修改的策略</translation>
    </message>
    <message>
        <source>Strategies that were approved, exported or measured</source>
        <translation>已批准、已导出或已评估效果的策略</translation>
    </message>
    <message>
        <source>All strategies, by state</source>
        <translation>按状态列出的全部策略</translation>
    </message>
    <message>
        <source>Nothing waits for review.</source>
        <translation>没有等待审核的策略。</translation>
    </message>
    <message>
        <source>No strategy is in this state.</source>
        <translation>没有处于此状态的策略。</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::RoleStore</name>
    <message>
        <source>role of %1</source>
        <translation>%1 的角色</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::RowsView</name>
    <message>
        <source>Held-out rows of %1</source>
        <translation>%1 的留出行</translation>
    </message>
    <message>
        <source>Held-out rows with their scores</source>
        <translation>留出行及其评分</translation>
    </message>
    <message>
        <source>Best score first; lodestone_score is the model&apos;s, lodestone_baseline the baseline&apos;s, lodestone_outcome is 1 for “%1”.</source>
        <translation>按评分从高到低；lodestone_score 是模型评分，lodestone_baseline 是基线评分，lodestone_outcome 为 1 表示“%1”。</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::RunBar</name>
    <message>
        <source>Progress of the run</source>
        <translation>运行进度</translation>
    </message>
    <message>
        <source>Preparing the run</source>
        <translation>正在准备运行</translation>
    </message>
    <message>
        <source>%1 of %2 stages done</source>
        <translation>已完成 %1/%2 个阶段</translation>
    </message>
    <message>
        <source>round %1 of %2 at most</source>
        <translation>第 %1 轮，最多 %2 轮</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>Where models are trained in this run</source>
        <translation>本次运行中训练模型所用的设备</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::RunCardView</name>
    <message>
        <source>Run card</source>
        <translation>运行卡</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the run card as text</source>
        <translation>将运行卡复制为文本</translation>
    </message>
    <message>
        <source>Choose a model below, and what it was trained from and how stands here.</source>
        <translation>在下方选择一个模型，这里会显示它的训练数据与训练方式。</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::RunCommands</name>
    <message>
        <source>Run from here</source>
        <translation>从此处运行</translation>
    </message>
    <message>
        <source>Run the selected node and what follows it anew</source>
        <translation>重新运行所选节点及其后的节点</translation>
    </message>
    <message>
        <source>Retry what failed</source>
        <translation>重试失败的阶段</translation>
    </message>
    <message>
        <source>Run again what failed or was not reached; what was done is kept</source>
        <translation>重新运行失败或未到达的部分；已完成的保留</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Let the nodes that wait for you run, and what follows them</source>
        <translation>让等待您的节点及其后的节点运行</translation>
    </message>
    <message>
        <source>Select a node first.</source>
        <translation>请先选择节点。</translation>
    </message>
    <message>
        <source>Nothing failed in the newest run.</source>
        <translation>最近一次运行没有失败。</translation>
    </message>
    <message>
        <source>No node waits for you.</source>
        <translation>没有节点在等待您。</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on where the run was held</source>
        <translation>从暂停处继续运行</translation>
    </message>
    <message>
        <source>Hold the run after the step it is at; nothing is lost</source>
        <translation>在当前步骤后暂停运行；不会丢失任何内容</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::RunEntry</name>
    <message>
        <source>began %1</source>
        <translation>开始于 %1</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::RunList</name>
    <message>
        <source>No run yet. Run the chart: it is listed here with what it left.</source>
        <translation>还没有运行。运行流程图后，会在此列出每次运行及其结果。</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序版本</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::RunLog</name>
    <message>
        <source>Stages and their lines</source>
        <translation>阶段及其日志</translation>
    </message>
    <message>
        <source>Log of the run</source>
        <translation>运行日志</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Rows in</source>
        <translation>输入行</translation>
    </message>
    <message>
        <source>Rows out</source>
        <translation>输出行</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>What the node said</source>
        <translation>节点日志</translation>
    </message>
    <message>
        <source>At</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>round %1</source>
        <translation>第 %1 轮</translation>
    </message>
    <message>
        <source>Choose a stage to see what it said.</source>
        <translation>选择一个阶段查看其日志。</translation>
    </message>
    <message>
        <source>%1 said</source>
        <translation>“%1”的日志</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::RunOutput</name>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Output of the node</source>
        <translation>节点的输出</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Which run is shown</source>
        <translation>显示哪次运行</translation>
    </message>
    <message>
        <source>Run %1 · %2 · %3</source>
        <translation>第 %1 次运行 · %2 · %3</translation>
    </message>
    <message>
        <source>Select a node to see what it left.</source>
        <translation>选择一个节点，查看它的输出。</translation>
    </message>
    <message>
        <source>%1 has not run yet.</source>
        <translation>“%1”尚未运行。</translation>
    </message>
    <message>
        <source>%1 left nothing.</source>
        <translation>“%1”没有输出。</translation>
    </message>
    <message>
        <source>What it left is no longer in the project. Run it again.</source>
        <translation>它的输出已不在项目中，请重新运行。</translation>
    </message>
    <message>
        <source>Model %1</source>
        <translation>模型 %1</translation>
    </message>
    <message>
        <source>Open in Models</source>
        <translation>在“模型”中打开</translation>
    </message>
    <message>
        <source>Figures of the model</source>
        <translation>模型指标</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Training rows</source>
        <translation>训练行</translation>
    </message>
    <message>
        <source>Validation rows</source>
        <translation>验证行</translation>
    </message>
    <message>
        <source>Test rows</source>
        <translation>测试行</translation>
    </message>
    <message>
        <source>Baseline, test rows</source>
        <translation>基线（测试行）</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1 值</translation>
    </message>
    <message>
        <source>ROC AUC</source>
        <translation>ROC AUC</translation>
    </message>
    <message>
        <source>PR AUC</source>
        <translation>PR AUC</translation>
    </message>
    <message>
        <source>Log loss</source>
        <translation>对数损失</translation>
    </message>
    <message>
        <source>Brier score</source>
        <translation>Brier 分数</translation>
    </message>
    <message numerus="yes">
        <source>%n strategies</source>
        <translation>
            <numerusform>%n 个策略</numerusform>
        </translation>
    </message>
    <message>
        <source>Open in Strategies</source>
        <translation>在“策略”中打开</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>受众</translation>
    </message>
    <message>
        <source>Offer</source>
        <translation>优惠</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Extra conversions</source>
        <translation>增量转化</translation>
    </message>
    <message>
        <source>Conversions</source>
        <translation>转化</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Sum over all strategies, on rows that no choice was made on</source>
        <translation>所有策略合计，按未参与选择的数据行估计</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>估计值</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>High</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Checks passed</source>
        <translation>通过的检查</translation>
    </message>
    <message>
        <source>Checks to look at</source>
        <translation>待复核的检查</translation>
    </message>
    <message>
        <source>Checks failed</source>
        <translation>未通过的检查</translation>
    </message>
    <message>
        <source>Rows have no chart here. The table&apos;s columns show theirs in their headers.</source>
        <translation>数据行在此没有图表，各列的分布见表头。</translation>
    </message>
    <message>
        <source>%1 left nothing to plot.</source>
        <translation>“%1”没有可绘制的内容。</translation>
    </message>
    <message>
        <source>Scores of the rows to address</source>
        <translation>待触达客户的得分</translation>
    </message>
    <message>
        <source>Probability of the positive value</source>
        <translation>正例概率</translation>
    </message>
    <message>
        <source>%1 of %2 rows score one half or more.</source>
        <translation>%2 行中有 %1 行得分不低于 0.5。</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>Quality on test rows</source>
        <translation>测试行上的质量</translation>
    </message>
    <message>
        <source>ROC AUC %1, baseline %2.</source>
        <translation>ROC AUC 为 %1，基线为 %2。</translation>
    </message>
    <message>
        <source>no estimate</source>
        <translation>无估计</translation>
    </message>
    <message>
        <source>%1 (%2 to %3)</source>
        <translation>%1（%2 至 %3）</translation>
    </message>
    <message>
        <source>Predicted extra conversions</source>
        <translation>预测增量转化</translation>
    </message>
    <message>
        <source>Predicted conversions</source>
        <translation>预测转化</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>How the rows are split</source>
        <translation>数据行的划分</translation>
    </message>
    <message>
        <source>Test rows touch nothing but the final score.</source>
        <translation>测试行只用于最后的评分。</translation>
    </message>
    <message>
        <source>Lineage</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>%1 left nothing that can be followed back.</source>
        <translation>“%1”没有留下可追溯的结果。</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::RunsTable</name>
    <message>
        <source>Trainings</source>
        <translation>训练记录</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Test AUC</source>
        <translation>测试 AUC</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1 值</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>数据表</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标列</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>用时</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::SavedMenu</name>
    <message>
        <source>Save under a name…</source>
        <translation>命名保存…</translation>
    </message>
    <message>
        <source>Use a saved one</source>
        <translation>使用已保存的</translation>
    </message>
    <message>
        <source>Delete a saved one</source>
        <translation>删除已保存的</translation>
    </message>
    <message>
        <source>Nothing is saved yet</source>
        <translation>还没有已保存的内容</translation>
    </message>
    <message>
        <source>Save under a name</source>
        <translation>命名保存</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>Replace %1?</source>
        <translation>替换 %1？</translation>
    </message>
    <message>
        <source>Something is saved under this name: it is gone then.</source>
        <translation>该名称下已有内容，替换后原内容将不再存在。</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>删除 %1？</translation>
    </message>
    <message>
        <source>What was made with it stays as it is.</source>
        <translation>用它生成的内容保持不变。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>%1 is deleted</source>
        <translation>已删除 %1</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::SqlConsole</name>
    <message>
        <source>SELECT city, count(*) FROM customers GROUP BY city</source>
        <translation>SELECT city, count(*) FROM customers GROUP BY city</translation>
    </message>
    <message>
        <source>Query in SQL</source>
        <translation>SQL 查询</translation>
    </message>
    <message>
        <source>Search the queries that were run</source>
        <translation>搜索运行过的查询</translation>
    </message>
    <message>
        <source>Queries that were run</source>
        <translation>运行过的查询</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Run the selection or the statement with the cursor (Ctrl+Enter)</source>
        <translation>运行所选内容或光标所在的语句（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Save as table…</source>
        <translation>另存为表…</translation>
    </message>
    <message>
        <source>Make a table of the project of all rows of the answer</source>
        <translation>将结果的全部行保存为项目中的表</translation>
    </message>
    <message>
        <source>Export all rows…</source>
        <translation>导出全部行…</translation>
    </message>
    <message>
        <source>Write all rows of the answer into a file: CSV, Parquet, XLSX or JSON</source>
        <translation>将结果的全部行写入文件：CSV、Parquet、XLSX 或 JSON</translation>
    </message>
    <message>
        <source>Queries that were run (Ctrl+H; Ctrl+Up and Ctrl+Down in the text)</source>
        <translation>运行过的查询（Ctrl+H；在编辑框中用 Ctrl+↑ 和 Ctrl+↓）</translation>
    </message>
    <message>
        <source>Answer of the query</source>
        <translation>查询结果</translation>
    </message>
    <message>
        <source>Ask the tables in SQL</source>
        <translation>用 SQL 查询各表</translation>
    </message>
    <message>
        <source>A query only reads: nothing can be changed by it. Names are offered while you type (Ctrl+Space), and Ctrl+Enter runs it.</source>
        <translation>查询只读取数据，不会更改任何内容。输入时会提示名称（Ctrl+空格），按 Ctrl+Enter 运行。</translation>
    </message>
    <message>
        <source>Run the query</source>
        <translation>运行查询</translation>
    </message>
    <message>
        <source>Query: %1</source>
        <translation>查询：%1</translation>
    </message>
    <message>
        <source>Running…</source>
        <translation>正在运行…</translation>
    </message>
    <message>
        <source>Stopped after %1</source>
        <translation>已停止，用时 %1</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>Line %1, column %2: %3</source>
        <translation>第 %1 行第 %2 列：%3</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>The first %1 rows</source>
        <translation>前 %1 行</translation>
    </message>
    <message>
        <source>Open a project first</source>
        <translation>请先打开项目</translation>
    </message>
    <message>
        <source>A query is running</source>
        <translation>查询正在运行</translation>
    </message>
    <message>
        <source>Write a query first</source>
        <translation>请先编写查询</translation>
    </message>
    <message>
        <source>Run a query first</source>
        <translation>请先运行查询</translation>
    </message>
    <message>
        <source>Save the answer as a table</source>
        <translation>将结果另存为表</translation>
    </message>
    <message>
        <source>Name of the table</source>
        <translation>表名</translation>
    </message>
    <message>
        <source>Making the table %1</source>
        <translation>正在创建表 %1</translation>
    </message>
    <message>
        <source>The table %1 is made: %2 rows</source>
        <translation>已创建表 %1：%2 行</translation>
    </message>
    <message>
        <source>Replace the table %1?</source>
        <translation>替换表 %1？</translation>
    </message>
    <message>
        <source>There is a table %1 already. Its rows are gone then.</source>
        <translation>已存在表 %1。替换后其原有的行将丢失。</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Export the answer</source>
        <translation>导出结果</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.parquet *.xlsx *.json *.ndjson)</source>
        <translation>表格文件 (*.csv *.tsv *.parquet *.xlsx *.json *.ndjson)</translation>
    </message>
    <message>
        <source>Exporting to %1</source>
        <translation>正在导出到 %1</translation>
    </message>
    <message>
        <source>%1 rows written to %2</source>
        <translation>已将 %1 行写入 %2</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::Steps</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>流程图</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>The way of a campaign</source>
        <translation>一场营销活动的全过程</translation>
    </message>
    <message>
        <source>Import what the shop exports, look at it, say what its columns mean.</source>
        <translation>导入店铺导出的数据，查看内容，并说明各列的含义。</translation>
    </message>
    <message>
        <source>One flowchart from the rows to the strategies: set it up, run it, see every step.</source>
        <translation>一张流程图贯穿从数据到策略的全程：设置、运行、查看每一步。</translation>
    </message>
    <message>
        <source>Train on this computer, watch it learn, choose the threshold in money.</source>
        <translation>在本机训练，观察学习过程，按金额选择阈值。</translation>
    </message>
    <message>
        <source>Who gets which offer, with the effect that is predicted and how sure it is.</source>
        <translation>谁得到哪种优惠，预测效果如何、有多大把握。</translation>
    </message>
    <message>
        <source>A second pair of eyes approves; what is approved can be exported.</source>
        <translation>由另一人审核批准；批准后即可导出。</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::StrategiesPage</name>
    <message>
        <source>Strategies</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n strategies</source>
        <translation>
            <numerusform>%n 个策略</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the strategies</source>
        <translation>正在读取策略</translation>
    </message>
    <message>
        <source>Order of the cards and of the chart</source>
        <translation>卡片与图表的顺序</translation>
    </message>
    <message>
        <source>The table is sorted by its headers.</source>
        <translation>表格请点击表头排序。</translation>
    </message>
    <message>
        <source>The strategies are being read.</source>
        <translation>正在读取策略。</translation>
    </message>
    <message>
        <source>There are no predictions yet. Run the pipeline or train a model first.</source>
        <translation>还没有预测结果。请先运行流程图或训练模型。</translation>
    </message>
    <message>
        <source>There must be two strategies to compare.</source>
        <translation>至少要有两个策略才能对比。</translation>
    </message>
    <message>
        <source>There are no strategies yet.</source>
        <translation>还没有策略。</translation>
    </message>
    <message>
        <source>Select a strategy first.</source>
        <translation>请先选择一个策略。</translation>
    </message>
    <message>
        <source>Reading the history of %1</source>
        <translation>正在读取 %1 的历史</translation>
    </message>
    <message numerus="yes">
        <source>%n strategies made, as drafts.</source>
        <translation>
            <numerusform>已生成 %n 个策略草稿。</numerusform>
        </translation>
    </message>
    <message>
        <source>No limit binds.</source>
        <translation>没有限制起约束作用。</translation>
    </message>
    <message>
        <source>Limits that bind: %1.</source>
        <translation>起约束作用的限制：%1。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 of the budget are left.</source>
        <translation>预算剩余 %1。</translation>
    </message>
    <message>
        <source>%1 is approved by %2. Changing it makes a new draft, to which the approval does not carry over. Esc in the field brings the approved value back.</source>
        <translation>%1 已由 %2 批准。修改会产生新的草稿，原批准随之失效。在输入框中按 Esc 可恢复已批准的值。</translation>
    </message>
    <message>
        <source>Edit anyway</source>
        <translation>仍要修改</translation>
    </message>
    <message>
        <source>Sending %1 to review</source>
        <translation>正在提交 %1 审核</translation>
    </message>
    <message>
        <source>Generate…</source>
        <translation>生成…</translation>
    </message>
    <message>
        <source>Make strategies from predictions (Ctrl+G)</source>
        <translation>根据预测结果生成策略（Ctrl+G）</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>对比…</translation>
    </message>
    <message>
        <source>Two strategies side by side (Ctrl+D); press a second card with Ctrl to choose it</source>
        <translation>并排对比两个策略（Ctrl+D）；按住 Ctrl 点击第二张卡片即可选中</translation>
    </message>
    <message>
        <source>Strategies as cards</source>
        <translation>以卡片显示策略</translation>
    </message>
    <message>
        <source>Strategies as a table</source>
        <translation>以表格显示策略</translation>
    </message>
    <message>
        <source>Chart of all effects</source>
        <translation>全部效果图</translation>
    </message>
    <message>
        <source>Find a strategy</source>
        <translation>查找策略</translation>
    </message>
    <message>
        <source>Edit the strategy</source>
        <translation>编辑策略</translation>
    </message>
    <message>
        <source>Send the strategy to review</source>
        <translation>将策略提交审核</translation>
    </message>
    <message>
        <source>Open the strategy in Review</source>
        <translation>在审核页打开策略</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>卡片</translation>
    </message>
    <message>
        <source>Strategies as cards (Ctrl+1)</source>
        <translation>以卡片显示策略（Ctrl+1）</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Strategies as a table (Ctrl+2)</source>
        <translation>以表格显示策略（Ctrl+2）</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Show or hide the chart of all effects (Ctrl+3)</source>
        <translation>显示或隐藏全部效果图（Ctrl+3）</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search strategies</source>
        <translation>搜索策略</translation>
    </message>
    <message>
        <source>By number, title, conditions, offer, channel or approver (Ctrl+F)</source>
        <translation>按编号、标题、条件、优惠、渠道或批准人搜索（Ctrl+F）</translation>
    </message>
    <message>
        <source>No predictions yet</source>
        <translation>还没有预测结果</translation>
    </message>
    <message>
        <source>Strategies are made of a model&apos;s predictions. Run the pipeline on your tables, or train a model, and come back.</source>
        <translation>策略由模型的预测结果生成。请先对您的数据表运行流程图，或训练一个模型，再回到这里。</translation>
    </message>
    <message>
        <source>Go to the pipeline</source>
        <translation>前往流程图</translation>
    </message>
    <message>
        <source>No strategies yet</source>
        <translation>还没有策略</translation>
    </message>
    <message>
        <source>There are predictions. Say what to aim for, and strategies are made of them: who gets which offer by which channel, and what to expect.</source>
        <translation>预测结果已经就绪。设定目标后即可生成策略：向谁、通过什么渠道、提供什么优惠，以及预期效果如何。</translation>
    </message>
    <message>
        <source>Generate strategies…</source>
        <translation>生成策略…</translation>
    </message>
    <message>
        <source>No strategy matches</source>
        <translation>没有符合条件的策略</translation>
    </message>
    <message>
        <source>None has this text and state.</source>
        <translation>没有策略同时符合该文字与状态。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Show only strategies in this state</source>
        <translation>只显示处于该状态的策略</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>全部状态</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>By number</source>
        <translation>按编号</translation>
    </message>
    <message>
        <source>Most extra conversions</source>
        <translation>增量转化最多</translation>
    </message>
    <message>
        <source>Best ROI</source>
        <translation>投资回报率最高</translation>
    </message>
    <message>
        <source>Largest revenue</source>
        <translation>收入最高</translation>
    </message>
    <message>
        <source>Highest cost</source>
        <translation>费用最高</translation>
    </message>
    <message>
        <source>Largest audience</source>
        <translation>受众最多</translation>
    </message>
    <message>
        <source>Earliest start</source>
        <translation>最早开始</translation>
    </message>
    <message>
        <source>Where the strategy came from</source>
        <translation>查看策略的来源</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::StrategyCard</name>
    <message>
        <source>%1 · version %2</source>
        <translation>%1 · 版本 %2</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Planned cost</source>
        <translation>计划费用</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1，%2，%3</translation>
    </message>
    <message>
        <source>%1. Cost %2. Extra conversions: %3</source>
        <translation>%1。费用 %2。增量转化：%3</translation>
    </message>
    <message>
        <source>no evidence</source>
        <translation>无依据</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::StrategyCards</name>
    <message>
        <source>Strategies as cards</source>
        <translation>以卡片显示策略</translation>
    </message>
    <message>
        <source>The first %1 of %2. Search, filter, or take the table to see the others.</source>
        <translation>仅显示 %2 个中的前 %1 个。请搜索、筛选或切换到表格查看其余策略。</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::StrategyComparison</name>
    <message>
        <source>Compare two strategies</source>
        <translation>对比两个策略</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Back to the strategies (Esc)</source>
        <translation>返回策略列表（Esc）</translation>
    </message>
    <message>
        <source>First strategy</source>
        <translation>第一个策略</translation>
    </message>
    <message>
        <source>Second strategy</source>
        <translation>第二个策略</translation>
    </message>
    <message>
        <source>The strategy on the left</source>
        <translation>左侧的策略</translation>
    </message>
    <message>
        <source>The strategy on the right</source>
        <translation>右侧的策略</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Planned cost</source>
        <translation>计划费用</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>客户数</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Offer</source>
        <translation>优惠</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>不同</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>cannot be told without evidence</source>
        <translation>没有依据，无法比较</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1 个百分点</translation>
    </message>
    <message>
        <source>%1; the intervals do not overlap</source>
        <translation>%1；区间不重叠</translation>
    </message>
    <message>
        <source>%1; the intervals overlap, so it may be chance</source>
        <translation>%1；区间有重叠，可能只是偶然</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::StrategyEditor</name>
    <message>
        <source>edit of %1</source>
        <translation>修改 %1</translation>
    </message>
    <message>
        <source>Working out %1 anew</source>
        <translation>正在重新测算 %1</translation>
    </message>
    <message>
        <source>%1 has been changed since by somebody else, so this cannot be undone or redone. Edit it instead.</source>
        <translation>%1 之后已被他人修改，因此无法撤销或重做。请直接编辑。</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::StrategyEffects</name>
    <message>
        <source>Compare all strategies by this figure</source>
        <translation>按此指标比较全部策略</translation>
    </message>
    <message>
        <source>No strategy to show.</source>
        <translation>没有可显示的策略。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 by strategy</source>
        <translation>各策略的%1</translation>
    </message>
    <message>
        <source>%1 of %2 strategies have evidence; the 90 % interval is above zero for %3.</source>
        <translation>%2 个策略中有 %1 个有依据；其中 %3 个的 90 % 区间全部大于零。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::StrategyForm</name>
    <message>
        <source>Message, English</source>
        <translation>英文内容</translation>
    </message>
    <message>
        <source>Message, Chinese</source>
        <translation>中文内容</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>This must not be empty.</source>
        <translation>此处不能为空。</translation>
    </message>
    <message>
        <source>This must be a number; it is “%1”.</source>
        <translation>此处必须是数字；现在是“%1”。</translation>
    </message>
    <message>
        <source>This must be from %1 to %2; it is %3.</source>
        <translation>必须在 %1 到 %2 之间；现在是 %3。</translation>
    </message>
    <message>
        <source>This must not be below %1; it is %2.</source>
        <translation>不能小于 %1；现在是 %2。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Title, English</source>
        <translation>英文标题</translation>
    </message>
    <message>
        <source>What the strategy is called in English</source>
        <translation>策略的英文名称</translation>
    </message>
    <message>
        <source>Title, Chinese</source>
        <translation>中文标题</translation>
    </message>
    <message>
        <source>What the strategy is called in Chinese</source>
        <translation>策略的中文名称</translation>
    </message>
    <message>
        <source>Offer</source>
        <translation>优惠</translation>
    </message>
    <message>
        <source>What the customers get, from the catalogue</source>
        <translation>客户得到的优惠，取自目录</translation>
    </message>
    <message>
        <source>Discount, %</source>
        <translation>折扣（%）</translation>
    </message>
    <message>
        <source>Share of the order&apos;s value that is given away, 0 to 100</source>
        <translation>订单金额中让利的百分比，0 到 100</translation>
    </message>
    <message>
        <source>Cost each</source>
        <translation>单次成本</translation>
    </message>
    <message>
        <source>Money for each conversion, beside the discount</source>
        <translation>每次转化的费用，不含折扣</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>How the customers are addressed</source>
        <translation>触达客户的方式</translation>
    </message>
    <message>
        <source>Starts</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>First day of the campaign</source>
        <translation>活动第一天</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Last day of the campaign</source>
        <translation>活动最后一天</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>The most that it may cost; a check fails beyond it</source>
        <translation>最高费用；超出则检查不通过</translation>
    </message>
    <message>
        <source>Minimum score</source>
        <translation>最低得分</translation>
    </message>
    <message>
        <source>Customers below it are left out, 0 to 1</source>
        <translation>低于此得分的客户不触达，0 到 1</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Conditions on the score and on columns, joined by and. Enter takes it over.</source>
        <translation>对得分和各列的条件，用 and 连接。按 Enter 确认。</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Subject of the English message</source>
        <translation>英文消息的主题</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>The English message</source>
        <translation>英文消息正文</translation>
    </message>
    <message>
        <source>Subject of the Chinese message</source>
        <translation>中文消息的主题</translation>
    </message>
    <message>
        <source>The Chinese message</source>
        <translation>中文消息正文</translation>
    </message>
    <message>
        <source>%1 (no longer in the catalogue)</source>
        <translation>%1（目录中已无此项）</translation>
    </message>
    <message>
        <source>To have no minimum, take it out of the rule below.</source>
        <translation>如不设最低得分，请在下方规则中删除该条件。</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::StrategyInspector</name>
    <message>
        <source>Select a strategy first.</source>
        <translation>请先选择一个策略。</translation>
    </message>
    <message>
        <source>%1 is being worked out anew. Wait a moment.</source>
        <translation>正在重新测算 %1，请稍候。</translation>
    </message>
    <message>
        <source>%1 is in review already.</source>
        <translation>%1 已在审核中。</translation>
    </message>
    <message>
        <source>%1 was rejected. Edit it to make a new draft.</source>
        <translation>%1 已驳回。修改后会产生新的草稿。</translation>
    </message>
    <message>
        <source>%1 is approved already.</source>
        <translation>%1 已批准。</translation>
    </message>
    <message>
        <source>No strategy selected</source>
        <translation>未选择策略</translation>
    </message>
    <message>
        <source>Select one to see its evidence and to change it.</source>
        <translation>选择一个策略，查看其依据或进行修改。</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Send to review</source>
        <translation>提交审核</translation>
    </message>
    <message>
        <source>Open in Review</source>
        <translation>在审核页打开</translation>
    </message>
    <message>
        <source>Hands this draft to another person to decide on (Ctrl+Return)</source>
        <translation>将此草稿交由他人审核（Ctrl+Return）</translation>
    </message>
    <message>
        <source>Shows it as a document, with comments, decision and export (Ctrl+R)</source>
        <translation>以文档形式查看，可评论、审核和导出（Ctrl+R）</translation>
    </message>
    <message>
        <source>%1 · version %2</source>
        <translation>%1 · 版本 %2</translation>
    </message>
    <message>
        <source>%1 was sent to review by %2 and is locked until it is decided. The reviewer can request changes.</source>
        <translation>%1 已由 %2 提交审核，得出结论前锁定。审核人可以要求修改。</translation>
    </message>
    <message>
        <source>Parts of the strategy</source>
        <translation>策略的各部分</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::StrategySummary</name>
    <message>
        <source>strategies, %1 drafts</source>
        <translation>个策略，其中草稿 %1 个</translation>
    </message>
    <message>
        <source>planned cost</source>
        <translation>计划费用</translation>
    </message>
    <message>
        <source>Without the rejected ones.</source>
        <translation>不含已驳回的策略。</translation>
    </message>
    <message>
        <source>waiting for review</source>
        <translation>个等待审核</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>predicted extra profit, evidence for %1 of %2</source>
        <translation>预测增量利润，%2 个中 %1 个有依据</translation>
    </message>
    <message>
        <source>; some reach the same customers</source>
        <translation>；部分策略触达相同客户</translation>
    </message>
    <message>
        <source>The sum of what each strategy promises by itself (return on investment times what is spent), without the rejected ones and those without evidence. Where two reach the same customers it counts them twice. See each interval before relying on it.</source>
        <translation>各策略单独预期之和（投资回报率乘以投入），不含已驳回和没有依据的策略。两个策略触达相同客户时会重复计算。使用前请查看各自的区间。</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::StrategyTableWords</name>
    <message>
        <source>Id</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>客户数</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Starts</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>no evidence</source>
        <translation>无依据</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 · %2: %3</source>
        <translation>%1 · %2：%3</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::StrategyView</name>
    <message>
        <source>The strategy as a document</source>
        <translation>策略文档</translation>
    </message>
    <message>
        <source>What is decided and why</source>
        <translation>决定内容及理由</translation>
    </message>
    <message>
        <source>Expected results and checks</source>
        <translation>预期结果与检查</translation>
    </message>
    <message>
        <source>Evidence and method</source>
        <translation>依据与方法</translation>
    </message>
    <message>
        <source>%1 · version %2 · written by %3 on %4 · content %5</source>
        <translation>%1 · 版本 %2 · 由 %3 编写于 %4 · 内容 %5</translation>
    </message>
    <message>
        <source>Fingerprint of the content, to which an approval is bound: %1</source>
        <translation>内容指纹，批准与其绑定：%1</translation>
    </message>
    <message>
        <source>no estimate</source>
        <translation>无估计</translation>
    </message>
    <message>
        <source>Incremental conversions</source>
        <translation>增量转化</translation>
    </message>
    <message>
        <source>All conversions</source>
        <translation>全部转化</translation>
    </message>
    <message>
        <source>Expected conversions with 90 % intervals</source>
        <translation>预期转化及 90 % 区间</translation>
    </message>
    <message>
        <source>No model predicts the effect of this strategy. The reasons stand below.</source>
        <translation>没有模型预测该策略的效果，原因见下文。</translation>
    </message>
    <message>
        <source>There is no estimate of what the campaign itself brings.</source>
        <translation>无法估计活动本身带来的效果。</translation>
    </message>
    <message>
        <source>The campaign itself brings about %1 conversions, and at least %2 with a certainty of 95 %.</source>
        <translation>活动本身约带来 %1 次转化，且有 95 % 的把握不少于 %2 次。</translation>
    </message>
    <message>
        <source>The campaign itself may bring about %1 conversions, or nothing: the interval reaches down to %2.</source>
        <translation>活动本身可能带来约 %1 次转化，也可能没有效果：区间下限为 %2。</translation>
    </message>
    <message>
        <source>Conversions</source>
        <translation>转化</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::StrategyWords</name>
    <message>
        <source>%1 customer</source>
        <translation>%1 名客户</translation>
    </message>
    <message>
        <source>%1 customers</source>
        <translation>%1 名客户</translation>
    </message>
    <message>
        <source>%1 left out: %2</source>
        <translation>排除 %1 名：%2</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>%1 discount</source>
        <translation>折扣 %1</translation>
    </message>
    <message>
        <source>%1 for each conversion</source>
        <translation>每次转化 %1</translation>
    </message>
    <message>
        <source>costs nothing</source>
        <translation>无成本</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Extra conversions</source>
        <translation>增量转化</translation>
    </message>
    <message>
        <source>Revenue</source>
        <translation>收入</translation>
    </message>
    <message>
        <source>ROI</source>
        <translation>投资回报率</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>No evidence</source>
        <translation>无依据</translation>
    </message>
    <message>
        <source>No evidence: %1</source>
        <translation>无依据：%1</translation>
    </message>
    <message>
        <source>budget</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>capacity of %1</source>
        <translation>%1的触达上限</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::TableList</name>
    <message>
        <source>%1 rows · %2 columns</source>
        <translation>%1 行 · %2 列</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>尚未分析</translation>
    </message>
    <message>
        <source>Nothing conspicuous</source>
        <translation>未发现问题</translation>
    </message>
    <message>
        <source>Findings: %1</source>
        <translation>发现 %1 个问题</translation>
    </message>
    <message>
        <source>Tables of the project</source>
        <translation>项目中的数据表</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::TableMaker</name>
    <message>
        <source>New table</source>
        <translation>新表</translation>
    </message>
    <message>
        <source>Name of the new table</source>
        <translation>新表的名称</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>A table of this name is replaced: its rows are gone then</source>
        <translation>替换同名的表，其原有的行将不再存在</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The table needs a name</source>
        <translation>请为表命名</translation>
    </message>
    <message>
        <source>It is being made</source>
        <translation>正在生成</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::TablePane</name>
    <message>
        <source>Profile of the columns</source>
        <translation>各列的数据概况</translation>
    </message>
    <message>
        <source>Rejected rows</source>
        <translation>被拒绝的行</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>尚未分析</translation>
    </message>
    <message>
        <source>The profile counts values, finds gaps and what is conspicuous.</source>
        <translation>数据概况会统计各列的值，找出缺失和异常。</translation>
    </message>
    <message>
        <source>Look at the columns</source>
        <translation>分析各列</translation>
    </message>
    <message>
        <source>No rejected rows</source>
        <translation>没有被拒绝的行</translation>
    </message>
    <message>
        <source>Every row of the imported file became a row of this table.</source>
        <translation>导入文件的每一行都已进入此表。</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>数据行</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>数据概况</translation>
    </message>
    <message>
        <source>Rejected rows (%1)</source>
        <translation>被拒绝的行（%1）</translation>
    </message>
    <message>
        <source>Looking at the columns…</source>
        <translation>正在分析各列…</translation>
    </message>
    <message>
        <source>Rows of %1 that could not be read</source>
        <translation>%1 中未能导入的行</translation>
    </message>
    <message>
        <source>The first %1 of the rows of %2 that could not be read</source>
        <translation>%2 中未能导入的行（仅列出前 %1 行）</translation>
    </message>
    <message>
        <source>SQL</source>
        <translation>SQL</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::TemplateGallery</name>
    <message>
        <source>No flowchart yet</source>
        <translation>还没有流程图</translation>
    </message>
    <message>
        <source>A flowchart says what is done with your data, step by step. Start from one of these, or bring one of your own in Mermaid&apos;s language.</source>
        <translation>流程图逐步说明如何处理您的数据。可以从下面的模板开始，也可以打开自己的 Mermaid 流程图。</translation>
    </message>
    <message>
        <source>Open a Mermaid file…</source>
        <translation>打开 Mermaid 文件…</translation>
    </message>
    <message>
        <source>The tables of the demo shop are not in this project: %1</source>
        <translation>此项目中没有演示商店的表：%1</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Back to the chart</source>
        <translation>返回流程图</translation>
    </message>
    <message>
        <source>Use this chart</source>
        <translation>使用此流程图</translation>
    </message>
    <message>
        <source>The chart as it is; you say what its nodes read</source>
        <translation>原样使用；由您指定节点读取的内容</translation>
    </message>
    <message>
        <source>Use it with the demo shop</source>
        <translation>用于演示商店</translation>
    </message>
    <message>
        <source>With every node set for the tables of the demo shop, ready to run</source>
        <translation>所有节点均已按演示商店的表设置好，可直接运行</translation>
    </message>
    <message>
        <source>A note: nothing runs here.</source>
        <translation>备注：此处不运行任何内容。</translation>
    </message>
    <message>
        <source>Needs: %1</source>
        <translation>需要：%1</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::ThresholdView</name>
    <message>
        <source>A hit is worth</source>
        <translation>每次命中的价值</translation>
    </message>
    <message>
        <source>What it brings when somebody who is addressed turns out positive</source>
        <translation>触达的人确实转化时带来的收益</translation>
    </message>
    <message>
        <source>A contact costs</source>
        <translation>每次触达的成本</translation>
    </message>
    <message>
        <source>What it costs to address one person, hit or not</source>
        <translation>触达一个人的成本，无论是否命中</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>货币</translation>
    </message>
    <message>
        <source>Address scores above</source>
        <translation>触达评分高于</translation>
    </message>
    <message>
        <source>Arrow keys move it by a thousandth of its length</source>
        <translation>方向键每次移动千分之一</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>The threshold itself, to be typed</source>
        <translation>直接输入阈值</translation>
    </message>
    <message>
        <source>Best threshold</source>
        <translation>最佳阈值</translation>
    </message>
    <message>
        <source>The threshold with the highest profit on these rows</source>
        <translation>在这些行上利润最高的阈值</translation>
    </message>
    <message>
        <source>At this threshold</source>
        <translation>在此阈值下</translation>
    </message>
    <message>
        <source>Expected profit</source>
        <translation>预期利润</translation>
    </message>
    <message>
        <source>What a hit is worth is an assumption: put in yours.</source>
        <translation>命中价值是假设值：请填入您的数字。</translation>
    </message>
    <message>
        <source>A hit&apos;s worth is the mean of %1.</source>
        <translation>命中价值取 %1 的平均值。</translation>
    </message>
    <message>
        <source>What a contact costs is an assumption: put in yours.</source>
        <translation>触达成本是假设值：请填入您的数字。</translation>
    </message>
    <message>
        <source>A contact&apos;s cost is the mean of %1.</source>
        <translation>触达成本取 %1 的平均值。</translation>
    </message>
    <message>
        <source>There are no held-out rows.</source>
        <translation>没有留出行。</translation>
    </message>
    <message>
        <source>nothing gained</source>
        <translation>不赚不亏</translation>
    </message>
    <message>
        <source>Addressed</source>
        <translation>触达人数</translation>
    </message>
    <message>
        <source>%1 of these rows</source>
        <translation>占这些行的 %1</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>of those addressed are hits</source>
        <translation>触达者中的命中比例</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>of all hits are reached</source>
        <translation>全部正例中触达的比例</translation>
    </message>
    <message>
        <source>%1 against addressing everybody</source>
        <translation>与全部触达相比 %1</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>%1 at %2: %3 contacts, %4 hits.</source>
        <translation>阈值 %2 时 %1：触达 %3 次，命中 %4 次。</translation>
    </message>
    <message>
        <source>%1 hits, %2 missed, %3 false alarms.</source>
        <translation>命中 %1，漏掉 %2，误报 %3。</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::TrainingForm</name>
    <message>
        <source>Table</source>
        <translation>数据表</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>预测列</translation>
    </message>
    <message>
        <source>Value to predict</source>
        <translation>要预测的值</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>排除的列</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Reading the tables</source>
        <translation>正在读取数据表</translation>
    </message>
    <message>
        <source>%1, role %2</source>
        <translation>%1，角色 %2</translation>
    </message>
    <message>
        <source>Counting values</source>
        <translation>正在统计取值</translation>
    </message>
    <message>
        <source>Import a table first.</source>
        <translation>请先导入数据表。</translation>
    </message>
    <message>
        <source>Choose the column to predict.</source>
        <translation>请选择要预测的列。</translation>
    </message>
    <message>
        <source>“%1” has no values.</source>
        <translation>“%1”没有任何取值。</translation>
    </message>
    <message>
        <source>“%1” has only one value, so there is nothing to tell apart.</source>
        <translation>“%1”只有一个取值，没有可区分的内容。</translation>
    </message>
    <message>
        <source>Choose the value to predict.</source>
        <translation>请选择要预测的值。</translation>
    </message>
    <message>
        <source>%1 rows, %2 columns</source>
        <translation>%1 行，%2 列</translation>
    </message>
    <message>
        <source>%1 of %2 rows (%3)</source>
        <translation>%2 行中有 %1 行（%3）</translation>
    </message>
    <message>
        <source>It has more than %1 values. A model tells one of them from all others.</source>
        <translation>该列有超过 %1 个取值。模型只区分其中一个与其余所有值。</translation>
    </message>
    <message>
        <source>It has %1 values. A model tells one of them from all others.</source>
        <translation>该列有 %1 个取值。模型只区分其中一个与其余所有值。</translation>
    </message>
    <message>
        <source>By their role also: %1</source>
        <translation>按角色还会排除：%1</translation>
    </message>
    <message>
        <source>Choose the column to predict first.</source>
        <translation>请先选择要预测的列。</translation>
    </message>
    <message>
        <source>New model</source>
        <translation>新建模型</translation>
    </message>
    <message>
        <source>No table yet</source>
        <translation>还没有数据表</translation>
    </message>
    <message>
        <source>Column to predict</source>
        <translation>要预测的列</translation>
    </message>
    <message>
        <source>Choose a column</source>
        <translation>选择列</translation>
    </message>
    <message>
        <source>The column whose value the model learns to predict</source>
        <translation>模型要学会预测其取值的列</translation>
    </message>
    <message>
        <source>Choose a value</source>
        <translation>选择取值</translation>
    </message>
    <message>
        <source>The model gives each row the probability of this value</source>
        <translation>模型会给出每行取此值的概率</translation>
    </message>
    <message>
        <source>Columns to leave out</source>
        <translation>要排除的列</translation>
    </message>
    <message>
        <source>What is known only afterwards, or must not decide. Names of persons and the like are left out by themselves.</source>
        <translation>事后才知道的、或不应参与判断的列。编号、姓名之类会自动排除。</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Settings of the model</source>
        <translation>模型参数</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Counting the column&apos;s values…</source>
        <translation>正在统计该列的取值…</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::TrainingPanel</name>
    <message>
        <source>Progress of the training</source>
        <translation>训练进度</translation>
    </message>
    <message>
        <source>Epoch %1</source>
        <translation>第 %1 轮</translation>
    </message>
    <message>
        <source>Epoch %1 of %2</source>
        <translation>第 %1 轮，共 %2 轮</translation>
    </message>
    <message>
        <source>All %1 epochs done: %2</source>
        <translation>%1 轮全部完成：%2</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>大约还需 %1</translation>
    </message>
    <message>
        <source>The curves begin with the first epoch.</source>
        <translation>曲线从第一轮结束后开始。</translation>
    </message>
    <message>
        <source>on %1</source>
        <translation>设备：%1</translation>
    </message>
    <message>
        <source>stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>lodestone::pages::VersionsView</name>
    <message>
        <source>Version %1</source>
        <translation>版本 %1</translation>
    </message>
    <message>
        <source>Made by %1, %2</source>
        <translation>%1 创建，%2</translation>
    </message>
    <message>
        <source>Sent to review by %1</source>
        <translation>%1 提交审核</translation>
    </message>
    <message>
        <source>Decided by %1, %2</source>
        <translation>%1 作出决定，%2</translation>
    </message>
    <message>
        <source>Content %1</source>
        <translation>内容 %1</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1，%2：%3</translation>
    </message>
</context>
<context>
    <name>lodestone::shell::CommandPalette</name>
    <message>
        <source>Type a command, a page, a table, a strategy…</source>
        <translation>输入命令、页面、数据表或策略…</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>lodestone::shell::JobsStrip</name>
    <message>
        <source>Running work</source>
        <translation>运行中的任务</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>+%1 more</source>
        <translation>另有 %1 个</translation>
    </message>
    <message>
        <source>Nothing is running</source>
        <translation>没有任务在运行</translation>
    </message>
    <message>
        <source>stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop it; nothing is left half done</source>
        <translation>停止任务，不会留下半成品</translation>
    </message>
    <message>
        <source>Cancel “%1”</source>
        <translation>取消“%1”</translation>
    </message>
</context>
<context>
    <name>lodestone::shell::MainWindow</name>
    <message>
        <source>No project is open</source>
        <translation>尚未打开项目</translation>
    </message>
    <message>
        <source>Open one, start a new one, or look at the demo shop first.</source>
        <translation>请打开或新建一个项目，也可以先看看演示店铺。</translation>
    </message>
    <message>
        <source>Go to Home</source>
        <translation>前往首页</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>查找命令</translation>
    </message>
    <message>
        <source>Close the project</source>
        <translation>关闭项目</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Next part of the window</source>
        <translation>切换到窗口的下一区域</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Show or hide the inspector (F9)</source>
        <translation>显示或隐藏检查器（F9）</translation>
    </message>
    <message>
        <source>Switch to Chinese</source>
        <translation>切换为英文</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>切换浅色与深色</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>not now</source>
        <translation>当前不可用</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>This page has no inspector</source>
        <translation>此页面没有检查器</translation>
    </message>
    <message>
        <source>Work is running</source>
        <translation>有任务在运行</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) still run. Stopping them leaves nothing half done.</source>
        <translation>
            <numerusform>仍有 %n 个任务在运行。停止它们不会留下半成品。</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Stop it</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>lodestone::shell::PageHeader</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Find a command, a page, a table, a strategy (Ctrl+K)</source>
        <translation>查找命令、页面、数据表或策略（Ctrl+K）</translation>
    </message>
    <message>
        <source>Find a command, a page, a table, a strategy</source>
        <translation>查找命令、页面、数据表或策略</translation>
    </message>
</context>
<context>
    <name>lodestone::shell::Rail</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>lodestone::shell::SettingsPage</name>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Of the window, of messages and of reports</source>
        <translation>用于窗口、消息与报告</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Light, dark, or as the system has it</source>
        <translation>浅色、深色或跟随系统</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>您的姓名</translation>
    </message>
    <message>
        <source>Stands beside every edit, comment and decision of yours</source>
        <translation>会记录在您的每次修改、评论和决定旁</translation>
    </message>
    <message>
        <source>Train on</source>
        <translation>训练设备</translation>
    </message>
    <message>
        <source>Where models are trained</source>
        <translation>模型在哪里训练</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>For tables and training; holds for projects opened from now on</source>
        <translation>用于数据表与训练；对之后打开的项目生效</translation>
    </message>
    <message>
        <source>find any command, page, table, model or strategy</source>
        <translation>查找任意命令、页面、数据表、模型或策略</translation>
    </message>
    <message>
        <source>go to a page</source>
        <translation>前往各页面</translation>
    </message>
    <message>
        <source>move between rail, page and inspector</source>
        <translation>在导航栏、页面与检查器之间移动</translation>
    </message>
    <message>
        <source>show or hide the inspector</source>
        <translation>显示或隐藏检查器</translation>
    </message>
    <message>
        <source>undo, redo</source>
        <translation>撤销、重做</translation>
    </message>
    <message>
        <source>run the pipeline</source>
        <translation>运行流程图</translation>
    </message>
    <message>
        <source>do the main thing of the page or form</source>
        <translation>执行页面或表单的主要操作</translation>
    </message>
    <message>
        <source>close a panel, cancel what runs in it</source>
        <translation>关闭面板，或取消其中的任务</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>The fastest there is</source>
        <translation>自动选择最快的设备</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>处理器（CPU）</translation>
    </message>
    <message>
        <source>Looking for devices</source>
        <translation>正在查找设备</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>All cores</source>
        <translation>全部核心</translation>
    </message>
    <message>
        <source>These apply at once, to all projects</source>
        <translation>立即生效，适用于所有项目</translation>
    </message>
</context>
<context>
    <name>lodestone::studio::Studio</name>
    <message>
        <source>Opening %1</source>
        <translation>正在打开 %1</translation>
    </message>
    <message>
        <source>Making %1</source>
        <translation>正在创建 %1</translation>
    </message>
    <message>
        <source>Making the demo shop</source>
        <translation>正在生成演示店铺</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>正在查看</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>数据表</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Closing the project</source>
        <translation>正在关闭项目</translation>
    </message>
</context>
<context>
    <name>lodestone::tables</name>
    <message>
        <source>Missing</source>
        <translation>缺失</translation>
    </message>
</context>
<context>
    <name>lodestone::tables::ColumnHeader</name>
    <message>
        <source>Nothing is missing</source>
        <translation>没有缺失</translation>
    </message>
    <message>
        <source>%1 missing (%2)</source>
        <translation>缺失 %1（%2）</translation>
    </message>
    <message>
        <source>%1 distinct values</source>
        <translation>%1 个不同值</translation>
    </message>
    <message>
        <source>Sorted, smallest first</source>
        <translation>已排序：从小到大</translation>
    </message>
    <message>
        <source>Sorted, largest first</source>
        <translation>已排序：从大到小</translation>
    </message>
    <message>
        <source>Filtered</source>
        <translation>已筛选</translation>
    </message>
    <message>
        <source>Click to sort; the icon at the left opens the menu</source>
        <translation>单击排序；单击左侧图标打开菜单</translation>
    </message>
</context>
<context>
    <name>lodestone::tables::DataTable</name>
    <message>
        <source>Rows of the table</source>
        <translation>表中的行</translation>
    </message>
    <message>
        <source>Go to row</source>
        <translation>转到行</translation>
    </message>
    <message>
        <source>Go to row (Ctrl+G)</source>
        <translation>转到行（Ctrl+G）</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy with column names</source>
        <translation>连同列名复制</translation>
    </message>
    <message>
        <source>Sort by this column, smallest first</source>
        <translation>按此列从小到大排序</translation>
    </message>
    <message>
        <source>Sort by this column, largest first</source>
        <translation>按此列从大到小排序</translation>
    </message>
    <message>
        <source>Sort as in the table</source>
        <translation>恢复表中顺序</translation>
    </message>
    <message>
        <source>%1 rows × %2 columns</source>
        <translation>%1 行 × %2 列</translation>
    </message>
    <message>
        <source>rows %1 to %2 are listed here: go to a row to list others</source>
        <translation>此处列出第 %1 至 %2 行：转到其他行可查看更多</translation>
    </message>
    <message>
        <source>Copying %1 rows</source>
        <translation>正在复制 %1 行</translation>
    </message>
    <message>
        <source>Sorting by %1…</source>
        <translation>正在按 %1 排序…</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Export the rows shown…</source>
        <translation>导出显示的行…</translation>
    </message>
    <message>
        <source>Find in the table…</source>
        <translation>在表中查找…</translation>
    </message>
    <message>
        <source>Find the next cell</source>
        <translation>查找下一个单元格</translation>
    </message>
    <message>
        <source>Find the previous cell</source>
        <translation>查找上一个单元格</translation>
    </message>
    <message>
        <source>Filtering…</source>
        <translation>正在筛选…</translation>
    </message>
    <message>
        <source>%1 of %2 rows × %3 columns</source>
        <translation>%1 / %2 行 × %3 列</translation>
    </message>
    <message>
        <source>%1 columns hidden</source>
        <translation>已隐藏 %1 列</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Hide this column</source>
        <translation>隐藏此列</translation>
    </message>
    <message>
        <source>Shown columns</source>
        <translation>显示的列</translation>
    </message>
    <message>
        <source>Freeze up to this column</source>
        <translation>冻结至此列</translation>
    </message>
    <message>
        <source>Freeze no column</source>
        <translation>取消冻结列</translation>
    </message>
    <message>
        <source>Colour by value</source>
        <translation>按值着色</translation>
    </message>
    <message>
        <source>Copy the column&apos;s name</source>
        <translation>复制列名</translation>
    </message>
    <message>
        <source>Statistics of this column</source>
        <translation>此列的统计</translation>
    </message>
    <message>
        <source>One column stays</source>
        <translation>至少保留一列</translation>
    </message>
    <message>
        <source>Show all columns</source>
        <translation>显示全部列</translation>
    </message>
    <message>
        <source>Export the rows shown</source>
        <translation>导出显示的行</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.parquet *.xlsx *.json *.ndjson)</source>
        <translation>表格文件 (*.csv *.tsv *.parquet *.xlsx *.json *.ndjson)</translation>
    </message>
    <message>
        <source>Exporting to %1</source>
        <translation>正在导出到 %1</translation>
    </message>
    <message>
        <source>Filter by this column…</source>
        <translation>按此列筛选…</translation>
    </message>
    <message>
        <source>Filter by an expression…</source>
        <translation>按表达式筛选…</translation>
    </message>
    <message>
        <source>Only rows with this value</source>
        <translation>只看此值的行</translation>
    </message>
    <message>
        <source>Only rows without this value</source>
        <translation>排除此值的行</translation>
    </message>
    <message>
        <source>Show all rows</source>
        <translation>显示全部行</translation>
    </message>
</context>
<context>
    <name>lodestone::tables::FilterBar</name>
    <message>
        <source>Filters in effect</source>
        <translation>当前筛选</translation>
    </message>
    <message>
        <source>Show all rows</source>
        <translation>显示全部行</translation>
    </message>
    <message>
        <source>Remove all filters</source>
        <translation>移除所有筛选</translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>%1 / %2 行</translation>
    </message>
    <message>
        <source>Change the filter: %1</source>
        <translation>更改筛选：%1</translation>
    </message>
    <message>
        <source>Change the filter; Delete removes it</source>
        <translation>更改筛选；按 Delete 移除</translation>
    </message>
    <message>
        <source>Remove the filter: %1</source>
        <translation>移除筛选：%1</translation>
    </message>
    <message>
        <source>Remove this filter</source>
        <translation>移除此筛选</translation>
    </message>
</context>
<context>
    <name>lodestone::tables::FilterEditor</name>
    <message>
        <source>Filter the rows</source>
        <translation>筛选行</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Upper value</source>
        <translation>上限值</translation>
    </message>
    <message>
        <source>and</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Choose from the most frequent values</source>
        <translation>从最常见的值中选择</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Show only these rows (Enter)</source>
        <translation>只显示这些行（Enter）</translation>
    </message>
    <message>
        <source>Close the filter line</source>
        <translation>关闭筛选栏</translation>
    </message>
    <message>
        <source>Close the filter line (Esc)</source>
        <translation>关闭筛选栏（Esc）</translation>
    </message>
    <message>
        <source>Own expression</source>
        <translation>自定义表达式</translation>
    </message>
    <message>
        <source>SQL over the columns, such as price * quantity &gt; 100</source>
        <translation>关于各列的 SQL，例如 price * quantity &gt; 100</translation>
    </message>
    <message>
        <source>Values with commas between them</source>
        <translation>多个值，用逗号分隔</translation>
    </message>
    <message>
        <source>Type a value first</source>
        <translation>请先输入一个值</translation>
    </message>
</context>
<context>
    <name>lodestone::tables::FilterWords</name>
    <message>
        <source>contains</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>does not contain</source>
        <translation>不包含</translation>
    </message>
    <message>
        <source>is</source>
        <translation>等于</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>不等于</translation>
    </message>
    <message>
        <source>is one of</source>
        <translation>属于</translation>
    </message>
    <message>
        <source>is at least</source>
        <translation>不小于</translation>
    </message>
    <message>
        <source>is at most</source>
        <translation>不大于</translation>
    </message>
    <message>
        <source>is between</source>
        <translation>介于</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>is not missing</source>
        <translation>不缺失</translation>
    </message>
    <message>
        <source>matches the pattern</source>
        <translation>匹配正则</translation>
    </message>
    <message>
        <source>%1 is between %2 and %3</source>
        <translation>%1 介于 %2 和 %3 之间</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
</context>
<context>
    <name>lodestone::tables::FindBar</name>
    <message>
        <source>Find in the table</source>
        <translation>在表中查找</translation>
    </message>
    <message>
        <source>Find in the cells</source>
        <translation>在单元格中查找</translation>
    </message>
    <message>
        <source>Text to find</source>
        <translation>要查找的文字</translation>
    </message>
    <message>
        <source>Previous cell</source>
        <translation>上一个单元格</translation>
    </message>
    <message>
        <source>Previous cell (Shift+F3)</source>
        <translation>上一个单元格（Shift+F3）</translation>
    </message>
    <message>
        <source>Next cell</source>
        <translation>下一个单元格</translation>
    </message>
    <message>
        <source>Next cell (F3 or Enter)</source>
        <translation>下一个单元格（F3 或 Enter）</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>关闭查找</translation>
    </message>
    <message>
        <source>Close the search (Esc)</source>
        <translation>关闭查找（Esc）</translation>
    </message>
    <message>
        <source>Only in %1</source>
        <translation>仅在 %1 中</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Row %1 of %2 with it</source>
        <translation>第 %1 行，共 %2 行匹配</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>正在计数…</translation>
    </message>
</context>
<context>
    <name>lodestone::widgets::Notice</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭提示</translation>
    </message>
</context>
<context>
    <name>lodestone::widgets::StateBadge</name>
    <message>
        <source>not configured</source>
        <translation>未配置</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>in review</source>
        <translation>审核中</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>changes requested</source>
        <translation>要求修改</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>已驳回</translation>
    </message>
    <message>
        <source>exported</source>
        <translation>已导出</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>已评估效果</translation>
    </message>
    <message>
        <source>waiting for you</source>
        <translation>等待您应用</translation>
    </message>
</context>
<context>
    <name>lodestone::words</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n 分钟前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n 小时前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n 天前</numerusform>
        </translation>
    </message>
</context>
</TS>

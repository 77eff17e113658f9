// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/pipeline/run_commands.h"

#include <QAction>
#include <QWidget>
#include <algorithm>

#include "ui/pages/pipeline/chart_run.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"
#include "ui/words/words.h"

namespace lodestone::pages {

RunCommands::RunCommands(ChartRun& run, RunHost host, QWidget& page, QWidget& inspector)
    : QObject(&page), run_(run), host_(std::move(host)) {
  const auto make = [&](const char* name, const char* icon, const QKeySequence& key,
                        const std::function<void()>& done) {
    auto* action = new QAction(theme::icon(QString::fromLatin1(icon)), {}, this);
    action->setObjectName(name);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, done);
    page.addAction(action);
    inspector.addAction(action);  // it is not within the page
    return action;
  };
  from_ = make("run_from", "run", QKeySequence(Qt::CTRL | Qt::Key_F5), [this] {
    host_.run({{}, host_.chosen(), {}});
  });
  retry_ = make("retry_run", "refresh", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F5),
                [this] { host_.run({}); });
  apply_ = make("apply_nodes", "check", QKeySequence(Qt::CTRL | Qt::Key_Return), [this] {
    const std::vector<QString> waiting = host_.waiting();
    const QString chosen = host_.chosen();
    const bool one = std::find(waiting.begin(), waiting.end(), chosen) != waiting.end();
    host_.run({{}, {}, one ? std::vector<QString>{chosen} : waiting});
  });
  pause_ = make("pause_run", "pause", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P), [this] {
    if (run_.paused())
      run_.resume();
    else
      run_.pause();
  });
  connect(&run_, &ChartRun::changed, this, &RunCommands::enable);
  words::say(this, [this] { showTexts(); });
}

void RunCommands::showTexts() {
  from_->setText(tr("Run from here"));
  from_->setToolTip(tr("Run the selected node and what follows it anew"));
  retry_->setText(tr("Retry what failed"));
  retry_->setToolTip(tr("Run again what failed or was not reached; what was done is kept"));
  apply_->setText(tr("Apply"));
  apply_->setToolTip(tr("Let the nodes that wait for you run, and what follows them"));
  enable();
}

void RunCommands::enable() {
  const QString why = host_.blocked();
  const auto because = [&](bool there, const QString& otherwise) {
    return why.isEmpty() && !there ? otherwise : why;
  };
  widgets::enableOrSay(from_, because(!host_.chosen().isEmpty(), tr("Select a node first.")));
  widgets::enableOrSay(retry_, because(host_.broken(), tr("Nothing failed in the newest run.")));
  widgets::enableOrSay(apply_, because(!host_.waiting().empty(), tr("No node waits for you.")));
  pause_->setEnabled(run_.running());
  pause_->setText(run_.paused() ? tr("Continue") : tr("Pause"));
  pause_->setToolTip(run_.paused() ? tr("Go on where the run was held")
                                   : tr("Hold the run after the step it is at; nothing is lost"));
  pause_->setIcon(theme::icon(run_.paused() ? QStringLiteral("play") : QStringLiteral("pause")));
}

}  // namespace lodestone::pages

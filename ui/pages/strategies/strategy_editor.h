// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QUndoStack>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/project/strategy_records.h"
#include "ui/studio/studio.h"

namespace lodestone::pages {

/// Paths of campaign::editContent with their new values.
using Changes = std::vector<std::pair<std::string, std::string>>;

/// Changes strategies one after the other, in worker threads. Every change is a new draft version, undo and
/// redo too: undo writes the content that was before as a newer version, so nothing is ever overwritten.
class StrategyEditor : public QObject {
  Q_OBJECT
 public:
  enum class Approval {
    Ask,   ///< an approved strategy is left as it is, and approvalAtStake() is sent
    Void,  ///< the user knows that the approval does not carry over
  };

  explicit StrategyEditor(studio::Studio& studio, QObject* parent = nullptr);
  QUndoStack* stack() { return &stack_; }

  void edit(const QString& id, const Changes& changes, Approval approval);
  /// Forgets what could be undone and what waits: another project.
  void clear();
  /// Whether something is being written for this strategy.
  bool busy(const QString& id) const;

 Q_SIGNALS:
  void edited(const QString& id, int version);
  void unchanged(const QString& id);
  /// path: the field that it is about, as far as that is known.
  void failed(const QString& id, const QString& path, const lodestone::Error& error);
  /// Why an undo or redo was not done.
  void refused(const QString& id, const QString& reason);
  /// proceed: does it after all.
  void approvalAtStake(const QString& id, const QString& approved_by, const std::function<void()>& proceed);
  void busyChanged();

 private:
  class Command;
  friend class Command;

  enum class Kind { Edit, Undo, Redo };
  struct Request {
    Kind kind = Kind::Edit;
    QString id;
    Changes changes;            ///< of an edit
    Json content;               ///< of undo and redo: to be written
    std::string expected_hash;  ///< of undo and redo: what must be there now
    Approval approval = Approval::Ask;
  };
  struct Outcome {
    project::StrategyVersion before;
    std::optional<project::StrategyVersion> after;  ///< none: nothing was written
    bool at_stake = false;
    bool moved_on = false;  ///< it is not what undo or redo know
  };

  static Result<Outcome> carryOut(project::Project& project, const Request& request, const std::string& by,
                                  JobContext& job);
  void submit(Request request);
  void next();
  void finish(const Request& request, Result<Outcome> outcome);
  void takeBack(const Request& request);
  void ask(const Request& request, const Outcome& outcome);

  studio::Studio& studio_;
  QUndoStack stack_;
  std::deque<Request> waiting_;
  std::optional<Request> running_;
  jobs::JobId job_ = 0;
  bool replaying_ = false;  ///< the stack moves without writing
  bool may_void_ = false;   ///< the next undo or redo may void an approval
};

}  // namespace lodestone::pages

// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pipeline/chart/layer_order.h"

#include <algorithm>
#include <utility>

namespace lodestone::pipeline {

namespace {

constexpr double kAside = 32;  // between neighbours of a rank
constexpr double kBelow = 36;  // between ranks
constexpr double kDummy = 10;  // the room of an edge that passes a rank
constexpr int kSweeps = 6;
constexpr std::size_t kMostDummies = 4;  // for each item and edge: beyond it long edges go straight

class Layers {
 public:
  Layers(std::vector<LayerItem>& items, const std::vector<LayerEdge>& edges) : items_(items), edges_(edges) {}

  std::vector<std::vector<std::pair<double, double>>> place(double& width, double& height) {
    turnBack();
    rankByLongestWay();
    layOut();
    order();
    setAcross(width);
    setDown(height);
    return bends();
  }

 private:
  struct Cell {
    double width = 0;
    std::size_t rank = 0;
    double x = 0;
    std::vector<std::size_t> above = {};
    std::vector<std::size_t> below = {};
  };

  // Edges to an item on the way to their start, depth first in the order of the items, count as turned.
  void turnBack() {
    std::vector<std::vector<std::size_t>> out(items_.size());
    for (std::size_t i = 0; i < edges_.size(); ++i)
      if (edges_[i].start != edges_[i].end) out[edges_[i].start].push_back(i);
    turned_.assign(edges_.size(), false);
    std::vector<int> state(items_.size(), 0);
    std::vector<std::pair<std::size_t, std::size_t>> stack;
    for (std::size_t root = 0; root < items_.size(); ++root) {
      if (state[root] != 0) continue;
      state[root] = 1;
      stack.assign(1, {root, 0});
      while (!stack.empty()) {
        auto& [item, next] = stack.back();
        if (next == out[item].size()) {
          state[item] = 2;
          stack.pop_back();
          continue;
        }
        const std::size_t edge = out[item][next++];
        const std::size_t end = edges_[edge].end;
        turned_[edge] = state[end] == 1;
        if (state[end] != 0) continue;
        state[end] = 1;
        stack.emplace_back(end, 0);
      }
    }
  }

  std::size_t top(std::size_t edge) const { return turned_[edge] ? edges_[edge].end : edges_[edge].start; }
  std::size_t bottom(std::size_t edge) const { return turned_[edge] ? edges_[edge].start : edges_[edge].end; }

  void rankByLongestWay() {
    rank_.assign(items_.size(), 0);
    std::vector<std::vector<std::size_t>> out(items_.size());
    std::vector<std::size_t> waiting(items_.size(), 0);
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      if (edges_[i].start == edges_[i].end) continue;
      out[top(i)].push_back(i);
      ++waiting[bottom(i)];
    }
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < items_.size(); ++i)
      if (waiting[i] == 0) ready.push_back(i);
    for (std::size_t k = 0; k < ready.size(); ++k) {
      for (const std::size_t edge : out[ready[k]]) {
        const std::size_t end = bottom(edge);
        const auto length = static_cast<std::size_t>(std::max(edges_[edge].length, 1));
        rank_[end] = std::max(rank_[end], rank_[ready[k]] + length);
        if (--waiting[end] == 0) ready.push_back(end);
      }
    }
    // A source stands just above what it leads to.
    for (auto item = ready.rbegin(); item != ready.rend(); ++item) {
      if (out[*item].empty() || !waitsForNone(*item)) continue;
      std::size_t nearest = rank_[bottom(out[*item].front())];
      for (const std::size_t edge : out[*item])
        nearest = std::min(nearest,
                           rank_[bottom(edge)] - static_cast<std::size_t>(std::max(edges_[edge].length, 1)));
      rank_[*item] = nearest;
    }
  }

  bool waitsForNone(std::size_t item) {
    if (has_above_.empty()) {
      has_above_.assign(items_.size(), false);
      for (std::size_t i = 0; i < edges_.size(); ++i)
        if (edges_[i].start != edges_[i].end) has_above_[bottom(i)] = true;
    }
    return !has_above_[item];
  }

  // Cells: the items, then one for each rank that an edge passes.
  void layOut() {
    std::size_t passed = 0;
    for (std::size_t i = 0; i < edges_.size(); ++i)
      if (edges_[i].start != edges_[i].end) passed += rank_[bottom(i)] - rank_[top(i)] - 1;
    const bool with_dummies = passed <= kMostDummies * (items_.size() + edges_.size());
    for (std::size_t i = 0; i < items_.size(); ++i) cells_.push_back({items_[i].width, rank_[i]});
    way_.resize(edges_.size());
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      if (edges_[i].start == edges_[i].end) continue;
      std::size_t before = top(i);
      if (with_dummies)
        for (std::size_t rank = rank_[top(i)] + 1; rank < rank_[bottom(i)]; ++rank) {
          way_[i].push_back(cells_.size());
          cells_.push_back({kDummy, rank});
          link(before, cells_.size() - 1);
          before = cells_.size() - 1;
        }
      link(before, bottom(i));
    }
    std::size_t ranks = 0;
    for (const Cell& cell : cells_) ranks = std::max(ranks, cell.rank + 1);
    rows_.resize(ranks);
    for (std::size_t i = 0; i < cells_.size(); ++i) rows_[cells_[i].rank].push_back(i);
  }

  void link(std::size_t upper, std::size_t lower) {
    cells_[upper].below.push_back(lower);
    cells_[lower].above.push_back(upper);
  }

  void order() {
    std::vector<double> place(cells_.size());
    const auto number = [&](const std::vector<std::size_t>& row) {
      for (std::size_t k = 0; k < row.size(); ++k) place[row[k]] = static_cast<double>(k);
    };
    for (const auto& row : rows_) number(row);
    std::vector<std::pair<double, std::size_t>> keys;
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
      const bool down = sweep % 2 == 0;
      for (std::size_t k = 0; k < rows_.size(); ++k) {
        auto& row = rows_[down ? k : rows_.size() - 1 - k];
        keys.clear();
        for (const std::size_t cell : row) {
          const auto& neighbours = down ? cells_[cell].above : cells_[cell].below;
          double sum = 0;
          for (const std::size_t other : neighbours) sum += place[other];
          keys.emplace_back(neighbours.empty() ? place[cell] : sum / static_cast<double>(neighbours.size()),
                            cell);
        }
        std::stable_sort(keys.begin(), keys.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        for (std::size_t i = 0; i < row.size(); ++i) row[i] = keys[i].second;
        number(row);
      }
    }
  }

  // Each cell is drawn to the mean of its neighbours as far as the order leaves room.
  void setAcross(double& width) {
    for (const auto& row : rows_) {
      double x = 0;
      for (const std::size_t cell : row) {
        cells_[cell].x = x + cells_[cell].width / 2;
        x += cells_[cell].width + kAside;
      }
      for (const std::size_t cell : row) cells_[cell].x -= x / 2;
    }
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
      const bool down = sweep % 2 == 0;
      for (std::size_t k = 0; k < rows_.size(); ++k)
        drawTogether(rows_[down ? k : rows_.size() - 1 - k], down);
    }
    double least = 0;
    double most = 0;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const double left = cells_[i].x - cells_[i].width / 2;
      least = i == 0 ? left : std::min(least, left);
      most = i == 0 ? left + cells_[i].width : std::max(most, left + cells_[i].width);
    }
    for (Cell& cell : cells_) cell.x -= least;
    width = most - least;
  }

  void drawTogether(const std::vector<std::size_t>& row, bool down) {
    std::vector<double> from_left(row.size());
    std::vector<double> from_right(row.size());
    const auto wanted = [&](std::size_t cell) {
      const auto& neighbours = down ? cells_[cell].above : cells_[cell].below;
      if (neighbours.empty()) return cells_[cell].x;
      double sum = 0;
      for (const std::size_t other : neighbours) sum += cells_[other].x;
      return sum / static_cast<double>(neighbours.size());
    };
    const auto apart = [&](std::size_t k) {
      return (cells_[row[k - 1]].width + cells_[row[k]].width) / 2 + kAside;
    };
    for (std::size_t k = 0; k < row.size(); ++k)
      from_left[k] = k == 0 ? wanted(row[k]) : std::max(wanted(row[k]), from_left[k - 1] + apart(k));
    for (std::size_t k = row.size(); k-- > 0;)
      from_right[k] =
          k + 1 == row.size() ? wanted(row[k]) : std::min(wanted(row[k]), from_right[k + 1] - apart(k + 1));
    // The mean of two placings that keep the distances keeps them too.
    for (std::size_t k = 0; k < row.size(); ++k) cells_[row[k]].x = (from_left[k] + from_right[k]) / 2;
  }

  void setDown(double& height) {
    std::vector<double> tall(rows_.size(), 0);
    std::vector<double> gap(rows_.size(), kBelow);
    for (std::size_t i = 0; i < items_.size(); ++i)
      tall[rank_[i]] = std::max(tall[rank_[i]], items_[i].height);
    for (std::size_t i = 0; i < edges_.size(); ++i)
      if (edges_[i].start != edges_[i].end && edges_[i].label_height > 0) {
        const std::size_t middle = (rank_[top(i)] + rank_[bottom(i)] - 1) / 2;
        gap[middle] = std::max(gap[middle], edges_[i].label_height + kBelow);
      }
    middle_.resize(rows_.size());
    height = 0;
    for (std::size_t k = 0; k < rows_.size(); ++k) {
      middle_[k] = height + tall[k] / 2;
      height += tall[k] + (k + 1 < rows_.size() ? gap[k] : 0);
    }
    for (std::size_t i = 0; i < items_.size(); ++i) {
      items_[i].x = cells_[i].x;
      items_[i].y = middle_[rank_[i]];
    }
  }

  std::vector<std::vector<std::pair<double, double>>> bends() const {
    std::vector<std::vector<std::pair<double, double>>> points(edges_.size());
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      for (const std::size_t cell : way_[i])
        points[i].emplace_back(cells_[cell].x, middle_[cells_[cell].rank]);
      if (turned_[i]) std::reverse(points[i].begin(), points[i].end());
    }
    return points;
  }

  std::vector<LayerItem>& items_;
  const std::vector<LayerEdge>& edges_;
  std::vector<bool> turned_ = {};
  std::vector<bool> has_above_ = {};
  std::vector<std::size_t> rank_ = {};
  std::vector<Cell> cells_ = {};
  std::vector<std::vector<std::size_t>> rows_ = {};
  std::vector<std::vector<std::size_t>> way_ = {};  // cells between the ends of an edge, from the top
  std::vector<double> middle_ = {};
};

}  // namespace

std::vector<std::vector<std::pair<double, double>>> placeInLayers(std::vector<LayerItem>& items,
                                                                  const std::vector<LayerEdge>& edges,
                                                                  double& width, double& height) {
  return Layers(items, edges).place(width, height);
}

}  // namespace lodestone::pipeline

// SPDX-FileCopyrightText: 2026 The Lodestone authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Every chart of the window. Only this folder includes Qt Charts and QCustomPlot: QCustomPlot where data is
// dense or live, Qt Charts for a few bars. Colours follow the theme; texts are the caller's and come
// translated.
#include "ui/charts/bar_chart.h"
#include "ui/charts/chart.h"
#include "ui/charts/confusion_matrix.h"
#include "ui/charts/histogram_chart.h"
#include "ui/charts/interval_chart.h"
#include "ui/charts/interval_dot.h"
#include "ui/charts/line_chart.h"
#include "ui/charts/mini_histogram.h"

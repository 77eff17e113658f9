#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The worked example's training loop in PyTorch-Python: what one would write without Lodestone.
usage: peer_mlp_torch.py FILE THREADS SEED   (THREADS 0: as PyTorch comes; FILE as bench_training exports it)"""
import json
import os
import sys

path, threads, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
if threads > 0:
    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = str(threads)

import time

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import nn

if threads > 0:
    torch.set_num_threads(threads)
torch.manual_seed(seed)
train_rows, validation_rows, columns = np.fromfile(path, dtype=np.int64, count=3)
values = torch.from_numpy(np.fromfile(path, dtype=np.float32, offset=24))
parts = torch.split(values, [int(train_rows * columns), int(train_rows), int(validation_rows * columns),
                             int(validation_rows)])
x, y = parts[0].view(-1, int(columns)), parts[1]
validation_x, validation_y = parts[2].view(-1, int(columns)), parts[3]

model = nn.Sequential(nn.Linear(int(columns), 64), nn.ReLU(), nn.Dropout(0.5), nn.Linear(64, 64), nn.ReLU(),
                      nn.Dropout(0.5), nn.Linear(64, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
loss_function = nn.BCEWithLogitsLoss()
seconds = 0.0
for epoch in range(10):
    model.train()
    started = time.perf_counter()
    order = torch.randperm(len(x))
    for begin in range(0, len(x), 32):
        rows = order[begin:begin + 32]
        loss = loss_function(model(x[rows]).squeeze(1), y[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    seconds += time.perf_counter() - started
    model.eval()
    with torch.no_grad():  # the validation curve, outside the timed part
        probability = torch.sigmoid(model(validation_x).squeeze(1)).numpy()
print(json.dumps({"seconds": seconds, "roc_auc": float(roc_auc_score(validation_y.numpy(), probability))}))

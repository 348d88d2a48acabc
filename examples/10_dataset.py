"""Generates a dataset of three scenes over Ray and reads it back, as a PyTorch DataLoader would.

python examples/10_dataset.py    # needs pip install '.[batch]'
"""

import subprocess
import sys
from pathlib import Path

from sage.dataset import Dataset

Path("tasks.txt").write_text("put the cup on the desk\nopen the fridge\na small bathroom\n")
command = "batch tasks.txt --scenes 3 --seed 1 --workers 1 --formats mjcf --out dataset"
subprocess.run([sys.executable, "-m", "sage.service.cli", *command.split()], check=True)
scenes = Dataset("dataset")
for stored in scenes:
    scene, assets = stored.open()
    print(stored.task, "->", scene.rooms[0].type, len(scene.objects), "objects,", stored.row["split"])
assert len(scenes) == 3

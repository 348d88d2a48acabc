"""Edits a scene folder with an instruction, lists its revisions and undoes the edit.

python examples/03_edit.py
"""

import sage
from sage.service.editing import revisions, undo

sage.generate("a dining room", out="dining", density="sparse", overwrite=True)
before, _ = sage.check("dining")
result = sage.edit("dining", "put a red mug on the dining table")
added = {item.id for item in result.scene.objects} - {item.id for item in before.objects}
print("added:", added)
for revision in revisions("dining"):
    print(revision.number, revision.edit or "generated")
undo("dining")
after, _ = sage.check("dining")
assert added and after == before

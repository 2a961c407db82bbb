"""Makes the checkpoint fixtures of this folder: python3 make.py, with numpy and PyTorch (CPU) of any recent version.

Every good file holds the same tensors; expected.json states their types, shapes and values as numpy sees them.
The evil ones must be refused; each states in evil.json what the refusal has to name.
"""
import collections, json, os, pickle, struct, zipfile
import numpy as np
import torch

state = collections.OrderedDict()
state["layer.weight"] = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4) / 7
state["layer.turned"] = (torch.arange(6, dtype=torch.float32).reshape(2, 3) + 0.5).t()
state["layer.part"] = torch.arange(20, dtype=torch.float64)[5:9]
state["half"] = torch.tensor([1.5, -2.25], dtype=torch.float16)
state["brain"] = torch.tensor([1.5, -2.25], dtype=torch.bfloat16)
state["steps"] = torch.tensor(12345678901, dtype=torch.int64)
state["mask"] = torch.tensor([True, False, True])
state["small"] = torch.tensor([[-3, 4]], dtype=torch.int8)
state["empty"] = torch.zeros(0, 3)
state["shared"] = state["layer.weight"]
state["parameter"] = torch.nn.Parameter(torch.ones(2))

expected = {}
for name, tensor in state.items():
    kind = str(tensor.dtype).removeprefix("torch.")
    values = tensor.detach().to(torch.float64).reshape(-1).tolist()
    expected[name] = {"type": kind, "shape": list(tensor.shape), "values": values}
json.dump(expected, open("expected.json", "w"), indent=1)
torch.save(state, "legacy.pth", _use_new_zipfile_serialization=False)
torch.save(state, "zip.pth")
torch.save({"epoch": 3, "state_dict": state, "note": "text"}, "nested.pth")

arrays = {"f4": np.arange(6, dtype="<f4").reshape(2, 3) / 3, "big": np.arange(6, dtype=">f8").reshape(2, 3),
          "fortran": np.asfortranarray(np.arange(6, dtype="<i4").reshape(2, 3)), "scalar": np.array(7, dtype="<i8"),
          "u1": np.array([1, 2, 255], dtype="u1"), "bool": np.array([True, False])}
json.dump({k: {"type": str(v.dtype), "shape": list(v.shape), "values": [float(x) for x in v.reshape(-1)]}
           for k, v in arrays.items()}, open("arrays.json", "w"), indent=1)
for protocol in (3, 4):
    pickle.dump({k: v for k, v in arrays.items()}, open(f"arrays-{protocol}.pkl", "wb"), protocol)
for name, array in arrays.items():
    np.save(f"{name}.npy", array)


def binstring(text):  # a Python 2 string
    return b"U" + bytes([len(text)]) + text


one = np.arange(4, dtype="<f4")
python2 = (b"\x80\x02}q\x00" + binstring(b"name") + b"cnumpy.core.multiarray\n_reconstruct\nq\x01cnumpy\nndarray\n"
           + b"K\x00\x85" + binstring(b"b") + b"\x87Rq\x02(K\x01K\x04\x85cnumpy\ndtype\n" + binstring(b"f4")
           + b"K\x00K\x01\x87Rq\x03(K\x03" + binstring(b"<") + b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89"
           + b"T" + struct.pack("<I", 16) + one.tobytes() + b"tbs.")
open("python2.pkl", "wb").write(python2)


class Call:
    def __init__(self, function, *arguments): self.function, self.arguments = function, arguments
    def __reduce__(self): return self.function, self.arguments


class Plain: pass


evil = {}


def keep(name, data, code, needle):
    open(f"evil-{name}.pkl", "wb").write(data)
    evil[name] = [code, needle]


refused, malformed, limit = "asset.refused-checkpoint", "asset.malformed", "asset.limit-exceeded"
keep("system", pickle.dumps({"w": Call(os.system, "echo owned")}, 2), refused, "posix.system")
keep("eval", pickle.dumps({"w": Call(eval, "1")}, 4), refused, "builtins.eval")
keep("getattr", pickle.dumps(Call(getattr, "a", "b"), 2), refused, "__builtin__.getattr")
keep("object", pickle.dumps({"w": Plain()}, 2), refused, "__main__.Plain")
keep("inst", b"(S'ls'\nios\nsystem\n.", refused, "STRING")
keep("inst2", b"(ios\nsystem\n.", refused, "INST")
keep("newobj", b"\x80\x02cnumpy\nndarray\n)\x81.", refused, "NEWOBJ")
keep("extension", b"\x80\x02\x82\x01.", refused, "EXT1")
keep("storageclass", b"\x80\x02ctorch\nFloatStorage\nK\x01\x85R.", refused, "calling a class")
keep("torchload", b"\x80\x02ctorch\nload\n.", refused, "torch.load")
keep("objects", pickle.dumps({"w": np.array([print], dtype=object)}, 3), refused, "'O8'")
keep("persistent", b"\x80\x02U\x01xQ.", refused, "persistent")
keep("build", b"\x80\x02cnumpy\nndarray\n}b.", refused, "BUILD")
keep("bomb", b"\x80\x02" + b"]q\x00" + b"".join(b"](h%ch%ceq%c" % (i, i, i + 1) for i in range(40)) + b".", malformed, "left over")
levels = b"".join(b"](" + b"h%c" % i * 10 + b"eq%c0" % (i + 1) for i in range(7))
keep("laughs", b"\x80\x02]q\x000" + levels + b"h\x07.", limit, "too many")
keep("deep", b"\x80\x02" + b"]" * 20000 + b"a" * 19999 + b".", limit, "nest")
keep("tuples", b"\x80\x02N" + b"\x85" * 20000 + b".", limit, "nest")
keep("cycle", b"\x80\x02]q\x00h\x00a.", limit, "nest")
keep("long", b"\x80\x04\x8e" + struct.pack("<Q", 1 << 60) + b".", malformed, "announced")
keep("length", b"\x80\x04\x8e" + b"\xff" * 8 + b".", malformed, "length")
keep("shape", pickle.dumps({}, 2)[:-1] + binstring(b"w") + python2[python2.index(b"cnumpy.core"):-2].replace(b"K\x04\x85", b"J\xff\xff\xff\x7fJ\xff\xff\xff\x7f\x86") + b"s.", malformed, "bytes")
keep("underflow", b"\x80\x020.", malformed, "never made")
keep("memo", b"\x80\x02h\x05.", malformed, "memo 5")
keep("nothing", b"\x80\x02}.", refused, "no tensor")
json.dump(evil, open("evil.json", "w"), indent=1)
for name in ("views", "past", "negative"):
    storage = b"(X\x07\x00\x00\x00storagectorch\nFloatStorage\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpuK\x04Nt"
    shape = {"views": b"J\x00\x00\x00\x40\x85K\x00\x85", "past": b"K\x03\x85K\x02\x85", "negative": b"K\x02\x85J\xff\xff\xff\xff\x85"}[name]
    body = (b"\x80\x02}X\x01\x00\x00\x00wctorch._utils\n_rebuild_tensor_v2\n(" + storage + b"Q" + b"K\x00" + shape
            + b"\x89ccollections\nOrderedDict\n)RtRs.")
    with zipfile.ZipFile(f"evil-{name}.pth", "w") as z:
        z.writestr(zipfile.ZipInfo("a/data.pkl", (2024, 5, 1, 0, 0, 0)), body)
        z.writestr(zipfile.ZipInfo("a/data/0", (2024, 5, 1, 0, 0, 0)), np.arange(4, dtype="<f4").tobytes())

"""Reads a safetensors file by the format's specification, with torch alone, and prints its tensors as JSON: name -> [torch dtype, shape, values]."""

import json
import struct
import sys

import torch

DTYPES = {"F64": torch.float64, "F32": torch.float32, "BF16": torch.bfloat16, "I64": torch.int64, "U8": torch.uint8}

with open(sys.argv[1], "rb") as file:
    content = file.read()

(length,) = struct.unpack("<Q", content[:8])
header = json.loads(content[8 : 8 + length])
data = bytearray(content[8 + length :])
metadata = header.pop("__metadata__")
assert all(isinstance(value, str) for value in metadata.values()), metadata

tensors = {}
for name, entry in header.items():
    begin, end = entry["data_offsets"]
    dtype = DTYPES[entry["dtype"]]
    flat = torch.frombuffer(data[begin:end], dtype=dtype) if begin < end else torch.empty(0, dtype=dtype)
    tensor = flat.reshape(entry["shape"])
    values = tensor.flatten().to(torch.float64 if dtype.is_floating_point else dtype).tolist()
    tensors[name] = [str(tensor.dtype), list(tensor.shape), values]

print(json.dumps(tensors))

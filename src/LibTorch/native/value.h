// The tagged value in which operator arguments and results cross the C boundary. Mirrors Interop/NativeValue.cs.
#pragma once

#include "torch.h"

namespace trainyard {

/// A tensor handle is an owned reference to the tensor's implementation; null stands for an undefined tensor.
using Handle = c10::TensorImpl*;

enum class Kind : int32_t {
  none = 0,
  schema_default = 1,        // take the operator's own default
  tensor = 2,                // pointer: Handle, borrowed in arguments, owned by the receiver in results
  integer = 3,
  real = 4,
  boolean = 5,
  integers = 6,              // pointer: int64_t[count]
  reals = 7,                 // pointer: double[count]
  tensors = 8,               // pointer: Handle[count]
  optional_tensors = 9,      // pointer: Handle[count], null for an absent one
  text = 10,                 // pointer: UTF-8, count bytes
  device = 11,               // integer: type, count: index
  generator = 12,            // pointer: at::Generator
};

struct Value {
  Kind kind;
  int32_t count;
  union {
    int64_t integer;
    double real;
    const void* pointer;
  };
};
static_assert(sizeof(Value) == 16);

/// A new tensor that shares ownership with the caller's handle.
at::Tensor borrow(Handle handle);

/// Gives a tensor's reference away; null when it is undefined.
Handle release(at::Tensor tensor);

c10::IValue to_ivalue(const Value& value);

/// Appends a result; lists are flattened, so a Tensor[] result is as many values as it has tensors.
void append_result(std::vector<Value>& results, c10::IValue&& value);

/// This thread's result buffer, emptied. The caller of a C function reads it before its next call.
std::vector<Value>& result_buffer();

}  // namespace trainyard

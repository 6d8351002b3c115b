#include "value.h"

namespace trainyard {

at::Tensor borrow(Handle handle) {
  if (handle == nullptr) return at::Tensor();
  return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(handle));
}

Handle release(at::Tensor tensor) {
  return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr;
}

namespace {

c10::IValue tensor_list(const Value& value) {
  auto handles = static_cast<const Handle*>(value.pointer);
  c10::List<at::Tensor> list;
  list.reserve(value.count);
  for (int32_t i = 0; i < value.count; ++i) list.push_back(borrow(handles[i]));
  return list;
}

c10::IValue optional_tensor_list(const Value& value) {
  // The optional type's name differs between versions of libtorch; its own accessor knows it.
  using Optional = decltype(std::declval<c10::IValue>().toOptional<at::Tensor>());
  auto handles = static_cast<const Handle*>(value.pointer);
  c10::List<Optional> list;
  list.reserve(value.count);
  for (int32_t i = 0; i < value.count; ++i)
    list.push_back(handles[i] == nullptr ? Optional() : Optional(borrow(handles[i])));
  return list;
}

}  // namespace

c10::IValue to_ivalue(const Value& value) {
  switch (value.kind) {
    case Kind::none: return {};
    case Kind::tensor: return borrow(static_cast<Handle>(const_cast<void*>(value.pointer)));
    case Kind::integer: return value.integer;
    case Kind::real: return value.real;
    case Kind::boolean: return value.integer != 0;
    case Kind::integers: return c10::IntArrayRef(static_cast<const int64_t*>(value.pointer), value.count);
    case Kind::reals: return c10::ArrayRef<double>(static_cast<const double*>(value.pointer), value.count);
    case Kind::tensors: return tensor_list(value);
    case Kind::optional_tensors: return optional_tensor_list(value);
    case Kind::text: return std::string(static_cast<const char*>(value.pointer), value.count);
    case Kind::device:
      return c10::Device(static_cast<c10::DeviceType>(value.integer), static_cast<c10::DeviceIndex>(value.count));
    case Kind::generator: return *static_cast<const at::Generator*>(value.pointer);
    case Kind::schema_default: break;
  }
  TORCH_CHECK(false, "an argument has the unknown kind ", static_cast<int32_t>(value.kind));
}

void append_result(std::vector<Value>& results, c10::IValue&& value) {
  Value result{};
  if (value.isTensor()) {
    result.kind = Kind::tensor;
    result.pointer = release(std::move(value).toTensor());
  } else if (value.isInt()) {
    result.kind = Kind::integer;
    result.integer = value.toInt();
  } else if (value.isDouble()) {
    result.kind = Kind::real;
    result.real = value.toDouble();
  } else if (value.isBool()) {
    result.kind = Kind::boolean;
    result.integer = value.toBool() ? 1 : 0;
  } else if (value.isTensorList()) {
    for (at::Tensor& tensor : std::move(value).toTensorVector()) append_result(results, std::move(tensor));
    return;
  } else {
    TORCH_CHECK(value.isNone(), "a result of type ", value.tagKind(), " cannot cross the C boundary");
  }
  results.push_back(result);
}

std::vector<Value>& result_buffer() {
  thread_local std::vector<Value> buffer;
  buffer.clear();
  return buffer;
}

}  // namespace trainyard

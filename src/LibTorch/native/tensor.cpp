// What a tensor is (shape, type, place) and where its elements lie. Nothing here launches work on a device.
#include "error.h"
#include "value.h"

using namespace trainyard;

TY_API void ty_tensor_free(Handle tensor) {
  c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(tensor);
}

/// A second handle on the same tensor: same storage, same autograd history.
TY_API Handle ty_tensor_alias(Handle tensor) {
  return guarded<Handle>(nullptr, [&] { return release(borrow(tensor)); });
}

TY_API int64_t ty_tensor_dim(Handle tensor) { return tensor->dim(); }
TY_API int64_t ty_tensor_numel(Handle tensor) { return tensor->numel(); }
TY_API int64_t ty_tensor_element_size(Handle tensor) { return static_cast<int64_t>(tensor->itemsize()); }
TY_API int32_t ty_tensor_dtype(Handle tensor) { return static_cast<int32_t>(c10::typeMetaToScalarType(tensor->dtype())); }
TY_API int32_t ty_tensor_device_type(Handle tensor) { return static_cast<int32_t>(tensor->device().type()); }
TY_API int32_t ty_tensor_device_index(Handle tensor) { return static_cast<int32_t>(tensor->device().index()); }
TY_API int32_t ty_tensor_is_contiguous(Handle tensor) { return tensor->is_contiguous() ? 1 : 0; }
TY_API int32_t ty_tensor_is_sparse(Handle tensor) { return tensor->is_sparse() ? 1 : 0; }

/// Sizes into `sizes` and strides (in elements) into `strides`, either of which may be null; both hold ty_tensor_dim values.
TY_API int ty_tensor_layout(Handle tensor, int64_t* sizes, int64_t* strides) {
  return guarded_status([&] {
    if (sizes != nullptr) std::copy(tensor->sizes().begin(), tensor->sizes().end(), sizes);
    if (strides != nullptr) std::copy(tensor->strides().begin(), tensor->strides().end(), strides);
  });
}

/// The address of the first element; null with an error for a tensor without storage, null without one for an empty tensor.
TY_API void* ty_tensor_data(Handle tensor) {
  return guarded<void*>(nullptr, [&] { return borrow(tensor).data_ptr(); });
}

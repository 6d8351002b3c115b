#include "error.h"
#include "value.h"

using namespace trainyard;

namespace {

std::vector<at::Tensor> borrow_all(const Handle* handles, int32_t count) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(count);
  for (int32_t i = 0; i < count; ++i) tensors.push_back(borrow(handles[i]));
  return tensors;
}

}  // namespace

TY_API int32_t ty_tensor_requires_grad(Handle tensor) { return tensor->requires_grad() ? 1 : 0; }

TY_API int ty_tensor_set_requires_grad(Handle tensor, int32_t value) {
  return guarded_status([&] { borrow(tensor).requires_grad_(value != 0); });
}

TY_API int32_t ty_tensor_is_leaf(Handle tensor) {
  return guarded(-1, [&] { return borrow(tensor).is_leaf() ? 1 : 0; });
}

TY_API int ty_tensor_retain_grad(Handle tensor) {
  return guarded_status([&] { borrow(tensor).retain_grad(); });
}

/// The accumulated gradient, or null without an error when there is none.
TY_API Handle ty_tensor_grad(Handle tensor) {
  return guarded<Handle>(nullptr, [&] { return release(borrow(tensor).mutable_grad()); });
}

/// Replaces the accumulated gradient; a null `grad` removes it. Shape, type and device must be the tensor's own.
TY_API int ty_tensor_set_grad(Handle tensor, Handle grad) {
  return guarded_status([&] {
    at::Tensor self = borrow(tensor);
    at::Tensor value = borrow(grad);
    TORCH_CHECK(!value.defined() || (value.sizes() == self.sizes() && value.scalar_type() == self.scalar_type() &&
                                     value.device() == self.device()),
                "assigned grad has ", value.scalar_type(), value.sizes(), " on ", value.device(), ", the tensor has ",
                self.scalar_type(), self.sizes(), " on ", self.device());
    self.mutable_grad() = value;
  });
}

/// Accumulates d(sum of outputs * grad_outputs)/d(leaf) into the leaves' gradients; `inputs` restricts the leaves.
/// A null handle in `grad_outputs` stands for ones of a scalar output.
TY_API int ty_backward(const Handle* outputs, int32_t output_count, const Handle* grad_outputs, int32_t grad_count,
                       int32_t retain_graph, int32_t create_graph, const Handle* inputs, int32_t input_count) {
  return guarded_status([&] {
    torch::autograd::backward(borrow_all(outputs, output_count), borrow_all(grad_outputs, grad_count), retain_graph != 0,
                              create_graph != 0, borrow_all(inputs, input_count));
  });
}

/// The gradients of `outputs` with respect to `inputs`, in this thread's result buffer, one value per input.
TY_API const Value* ty_grad(const Handle* outputs, int32_t output_count, const Handle* inputs, int32_t input_count,
                            const Handle* grad_outputs, int32_t grad_count, int32_t retain_graph, int32_t create_graph,
                            int32_t allow_unused) {
  return guarded<const Value*>(nullptr, [&] {
    auto gradients = torch::autograd::grad(borrow_all(outputs, output_count), borrow_all(inputs, input_count),
                                           borrow_all(grad_outputs, grad_count), retain_graph != 0, create_graph != 0,
                                           allow_unused != 0);
    auto& results = result_buffer();
    results.reserve(1);
    for (at::Tensor& gradient : gradients) append_result(results, std::move(gradient));
    return static_cast<const Value*>(results.data());
  });
}

TY_API int32_t ty_grad_mode() { return c10::GradMode::is_enabled() ? 1 : 0; }
TY_API void ty_set_grad_mode(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }

TY_API int32_t ty_inference_mode() { return c10::InferenceMode::is_enabled() ? 1 : 0; }

/// Enters (or, with 0, leaves) inference mode on this thread until the guard is freed on the same thread.
TY_API c10::InferenceMode* ty_inference_mode_enter(int32_t enabled) {
  return guarded<c10::InferenceMode*>(nullptr, [&] { return new c10::InferenceMode(enabled != 0); });
}

TY_API void ty_inference_mode_leave(c10::InferenceMode* guard) { delete guard; }

#include "error.h"

using namespace trainyard;

TY_API int32_t ty_cuda_is_available() {
  return guarded(0, [] { return torch::cuda::is_available() ? 1 : 0; });
}

TY_API int32_t ty_cudnn_is_available() {
  return guarded(0, [] { return torch::cuda::cudnn_is_available() ? 1 : 0; });
}

TY_API int32_t ty_cuda_device_count() {
  return guarded(0, [] { return static_cast<int32_t>(torch::cuda::device_count()); });
}

TY_API int ty_cuda_manual_seed(uint64_t seed) {
  return guarded_status([&] { torch::cuda::manual_seed(seed); });
}

TY_API int ty_cuda_manual_seed_all(uint64_t seed) {
  return guarded_status([&] { torch::cuda::manual_seed_all(seed); });
}

/// Waits for all work on a device; -1 is the current one.
TY_API int ty_cuda_synchronize(int64_t device_index) {
  return guarded_status([&] { torch::cuda::synchronize(device_index); });
}

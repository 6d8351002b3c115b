#include <torch/version.h>

#include "error.h"

using namespace trainyard;

/// The version of the libtorch that this library was built against, such as "1.13.1".
TY_API const char* ty_version() { return TORCH_VERSION; }

TY_API int32_t ty_num_threads() { return at::get_num_threads(); }

TY_API int ty_set_num_threads(int32_t count) {
  return guarded_status([&] { at::set_num_threads(count); });
}

TY_API int32_t ty_num_interop_threads() { return static_cast<int32_t>(at::get_num_interop_threads()); }

/// Only before the first parallel work between operators; libtorch throws afterwards.
TY_API int ty_set_num_interop_threads(int32_t count) {
  return guarded_status([&] { at::set_num_interop_threads(count); });
}

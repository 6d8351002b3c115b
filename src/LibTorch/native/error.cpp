#include "error.h"

namespace {
thread_local std::string last_error;
thread_local bool has_error = false;
}  // namespace

void trainyard::set_last_error(const char* message) {
  last_error = message;
  has_error = true;
}

/// The message of this thread's last failure as UTF-8, or null; asking clears it. Valid until this thread's next failure.
TY_API const char* ty_last_error() {
  if (!has_error) return nullptr;
  has_error = false;
  return last_error.c_str();
}

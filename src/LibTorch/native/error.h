// How C++ exceptions cross the C boundary: the function returns its failure value, the message waits for ty_last_error.
#pragma once

#include "torch.h"

#define TY_API extern "C" __attribute__((visibility("default")))

namespace trainyard {

void set_last_error(const char* message);

/// Runs `body`; on an exception keeps its message for this thread and returns `failure`.
template <typename Result, typename Body>
Result guarded(Result failure, Body&& body) noexcept {
  try {
    return body();
  } catch (const c10::Error& e) {
    set_last_error(e.what_without_backtrace());
  } catch (const std::exception& e) {
    set_last_error(e.what());
  } catch (...) {
    set_last_error("unknown C++ exception");
  }
  return failure;
}

/// Like `guarded` for functions without a result: 0 on success, -1 on failure.
template <typename Body>
int guarded_status(Body&& body) noexcept {
  return guarded(-1, [&] {
    body();
    return 0;
  });
}

}  // namespace trainyard

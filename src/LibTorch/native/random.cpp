#include "error.h"
#include "value.h"

using namespace trainyard;

namespace {
const at::Generator& default_generator(int32_t device_type, int32_t device_index) {
  return at::globalContext().defaultGenerator(
      c10::Device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index)));
}
}  // namespace

/// A generator of its own with the given seed. Cloning the device's default one works on every backend without its headers.
TY_API at::Generator* ty_generator_new(uint64_t seed, int32_t device_type, int32_t device_index) {
  return guarded<at::Generator*>(nullptr, [&] {
    at::Generator generator = default_generator(device_type, device_index).clone();
    generator.set_current_seed(seed);
    return new at::Generator(std::move(generator));
  });
}

/// A handle on the CPU's default generator.
TY_API at::Generator* ty_generator_default() {
  return guarded<at::Generator*>(nullptr, [&] { return new at::Generator(default_generator(0, -1)); });
}

TY_API void ty_generator_free(at::Generator* generator) { delete generator; }

TY_API int ty_generator_seed(at::Generator* generator, uint64_t seed) {
  return guarded_status([&] {
    std::lock_guard<std::mutex> lock(generator->mutex());
    generator->set_current_seed(seed);
  });
}

TY_API uint64_t ty_generator_initial_seed(at::Generator* generator) {
  return guarded<uint64_t>(0, [&] {
    std::lock_guard<std::mutex> lock(generator->mutex());
    return generator->current_seed();
  });
}

/// The whole state as a uint8 tensor.
TY_API Handle ty_generator_state(at::Generator* generator) {
  return guarded<Handle>(nullptr, [&] {
    std::lock_guard<std::mutex> lock(generator->mutex());
    return release(generator->get_state());
  });
}

TY_API int ty_generator_set_state(at::Generator* generator, Handle state) {
  return guarded_status([&] {
    std::lock_guard<std::mutex> lock(generator->mutex());
    generator->set_state(borrow(state));
  });
}

/// Seeds the default generators of the CPU and of every GPU.
TY_API int ty_manual_seed(uint64_t seed) {
  return guarded_status([&] { at::manual_seed(seed); });
}

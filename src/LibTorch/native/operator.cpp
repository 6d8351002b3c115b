// Every ATen operator through one door: the dispatcher finds an operator by its schema name and calls it on a stack of
// boxed values. It fills in device kernels and autograd as a direct C++ call would, at a fraction of a microsecond more.
#include "error.h"
#include "value.h"

using namespace trainyard;

/// The operator "aten::add" with overload "Tensor" (possibly ""), or null when this libtorch has none. Never freed:
/// operators live as long as the process.
TY_API const c10::OperatorHandle* ty_operator(const char* name, const char* overload) {
  return guarded<const c10::OperatorHandle*>(nullptr, [&] {
    auto& dispatcher = c10::Dispatcher::singleton();
    return new c10::OperatorHandle(dispatcher.findSchemaOrThrow(name, overload));
  });
}

/// Calls an operator with positional arguments in schema order; missing trailing ones take the schema's defaults.
/// Returns this thread's result buffer (tensors in it are owned by the caller) and its length, or null on failure.
/// With a null `count` the results are dropped and any non-null pointer means success.
TY_API const Value* ty_call(const c10::OperatorHandle* op, const Value* arguments, int32_t argument_count, int32_t* count) {
  return guarded<const Value*>(nullptr, [&] {
    const auto& parameters = op->schema().arguments();
    const size_t given = static_cast<size_t>(argument_count);
    TORCH_CHECK(given <= parameters.size(), op->schema().name(), " takes ", parameters.size(), " arguments, got ", given);

    std::vector<c10::IValue> stack;
    stack.reserve(parameters.size());
    for (size_t i = 0; i < parameters.size(); ++i) {
      if (i < given && arguments[i].kind != Kind::schema_default) {
        stack.push_back(to_ivalue(arguments[i]));
      } else {
        const auto& fallback = parameters[i].default_value();
        TORCH_CHECK(fallback.has_value(), op->schema().name(), " needs its argument '", parameters[i].name(), "'");
        stack.push_back(*fallback);
      }
    }

    op->callBoxed(&stack);

    auto& results = result_buffer();
    if (count != nullptr) {
      for (c10::IValue& value : stack) append_result(results, std::move(value));
      *count = static_cast<int32_t>(results.size());
    }
    results.reserve(1);  // data() of an empty vector may be null, which would read as a failure
    return static_cast<const Value*>(results.data());
  });
}

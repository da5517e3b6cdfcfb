// A reference to something callable, for parameters that are called before the function returns:
// no allocation and one indirect call, unlike std::function. May be empty.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace leadcrm {

template <class Signature>
class FunctionRef;

template <class Result, class... A>
class FunctionRef<Result(A...)> {
public:
    FunctionRef() = default;

    // The linter does not read the condition that keeps this apart from copying.
    template <class F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, FunctionRef>)
        // NOLINTNEXTLINE(bugprone-forwarding-reference-overload)
        FunctionRef(F&& callable)
        : callable_(const_cast<void*>(static_cast<const void*>(std::addressof(callable))))
        , call_([](void* target, A... arguments) -> Result {
            return (*static_cast<std::remove_reference_t<F>*>(target))(
                std::forward<A>(arguments)...);
        })
    {
    }

    explicit operator bool() const { return call_ != nullptr; }
    Result operator()(A... arguments) const
    {
        return call_(callable_, std::forward<A>(arguments)...);
    }

private:
    void* callable_ = nullptr;
    Result (*call_)(void*, A...) = nullptr;
};

}  // namespace leadcrm

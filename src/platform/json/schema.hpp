// How a type describes itself as JSON Schema, in the dialect of OpenAPI 3.1.
#pragma once

#include "platform/json/describe.hpp"

namespace leadcrm::json {

// "Lead", "LeadPage" for Page<Lead>: the compiler's name of a type without its namespaces.
std::string component_name(std::string_view pretty_function);

template <class T>
std::string name_of()
{
    return component_name(__PRETTY_FUNCTION__);
}

// Components are known by name alone. Throws std::logic_error.
[[noreturn]] void refuse_twin(const std::string& name);

object string_schema(std::string_view format);
value nullable(value schema);

template <class T>
object struct_schema(object& components)
{
    object properties;
    array required;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        using Slot = std::remove_reference_t<decltype(std::declval<T&>().*member.pointer)>;
        properties[member.name] = schema_of<Slot>(components);
        if constexpr (!is_optional<Slot>) required.emplace_back(member.name);
    });
    object schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) schema["required"] = std::move(required);
    return schema;
}

template <class T>
value schema_of(object& components)
{
    if constexpr (is_optional<T>) {
        return nullable(schema_of<typename T::value_type>(components));
    } else if constexpr (std::same_as<T, bool>) {
        return object{{"type", "boolean"}};
    } else if constexpr (is_enum<T>) {
        array names;
        for (const auto name : enumerator_names<T>()) names.emplace_back(name);
        return object{{"type", "string"}, {"enum", std::move(names)}};
    } else if constexpr (std::integral<T>) {
        return object{{"type", "integer"}};
    } else if constexpr (std::floating_point<T>) {
        return object{{"type", "number"}};
    } else if constexpr (std::same_as<T, std::string>) {
        return object{{"type", "string"}};
    } else if constexpr (is_raw_of<T>) {
        return schema_of<typename T::What>(components);
    } else if constexpr (std::same_as<T, Raw> || std::same_as<T, value>) {
        return object{};
    } else if constexpr (is_id<T>) {
        return object{{"type", "string"},
            {"pattern", "^" + std::string(T::prefix) + "_[0-7][0-9a-hjkmnp-tv-z]{25}$"},
            {"examples", {std::string(T::prefix) + "_01h455vb4pex5vsknk084sn02q"}}};
    } else if constexpr (std::same_as<T, Instant>) {
        return string_schema("date-time");
    } else if constexpr (is_vector<T>) {
        return object{{"type", "array"}, {"items", schema_of<typename T::value_type>(components)}};
    } else if constexpr (is_map<T>) {
        return object{{"type", "object"},
            {"additionalProperties", schema_of<typename T::mapped_type>(components)}};
    } else if constexpr (is_field_type<T>) {
        return T::schema();
    } else {
        static_assert(is_struct<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
        const auto name = name_of<T>();
        const bool is_known = components.contains(name);
        const value known = is_known ? components.at(name) : value();
        if (!is_known || !known.is_null()) {
            components[name] = nullptr;  // a type may hold itself
            value schema = struct_schema<T>(components);
            if (is_known && known != schema) refuse_twin(name);
            components[name] = std::move(schema);
        }
        return object{{"$ref", "#/components/schemas/" + name}};
    }
}

}  // namespace leadcrm::json

# Every library, from Debian 12. Why each was chosen: docs/dependencies.md.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS program_options)
find_package(date REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(doctest REQUIRED)
find_package(rapidcheck REQUIRED)
find_package(ZLIB REQUIRED)
pkg_check_modules(storage REQUIRED IMPORTED_TARGET sqlite3 libpq)
pkg_check_modules(system REQUIRED IMPORTED_TARGET libcurl libsodium libutf8proc prometheus-cpp-core libarchive libfido2
    xlsxwriter)
# libcsv says nothing to pkg-config.
find_path(CSV_INCLUDE_DIR csv.h REQUIRED)
find_library(CSV_LIBRARY csv REQUIRED)
# Neither does zxcvbn. liboath's own answer would change the flags of every file.
find_library(OATH_LIBRARY oath REQUIRED)
find_path(ZXCVBN_INCLUDE_DIR zxcvbn.h REQUIRED)
find_library(ZXCVBN_LIBRARY zxcvbn REQUIRED)

# Boost.Asio, Beast, JSON and URL are compiled once, in src/platform/boost/, instead of into every
# file that includes them. Only Program_options comes as a library.
add_library(leadcrm_dependencies INTERFACE)
target_compile_definitions(leadcrm_dependencies INTERFACE
    BOOST_ALL_NO_LIB
    BOOST_ASIO_SEPARATE_COMPILATION
    BOOST_ASIO_NO_DEPRECATED
    BOOST_BEAST_SEPARATE_COMPILATION
    SPDLOG_FMT_EXTERNAL)
target_link_libraries(leadcrm_dependencies INTERFACE
    Boost::headers Boost::program_options OpenSSL::SSL OpenSSL::Crypto Threads::Threads
    PkgConfig::storage PkgConfig::system date::date-tz spdlog::spdlog fmt::fmt
    ZLIB::ZLIB ${CSV_LIBRARY} ${ZXCVBN_LIBRARY} ${OATH_LIBRARY})

# libphonenumber-dev is built for Boost 1.74 and would remove 1.81 from the machine, though its
# headers need neither. So the package is unpacked beside the build instead of being installed; the
# library itself (libphonenumber8) is installed as usual.
set(phonenumber_headers ${CMAKE_SOURCE_DIR}/build/deps/phonenumber/usr/include)
if(NOT EXISTS ${phonenumber_headers}/phonenumbers/phonenumberutil.h)
    execute_process(COMMAND ${CMAKE_SOURCE_DIR}/tools/unpack_phonenumber_headers.sh
        COMMAND_ERROR_IS_FATAL ANY)
endif()
find_library(PHONENUMBER_LIBRARY NAMES libphonenumber.so.8 REQUIRED)
add_library(phonenumber INTERFACE)
target_include_directories(phonenumber SYSTEM INTERFACE ${phonenumber_headers})
target_link_libraries(phonenumber INTERFACE ${PHONENUMBER_LIBRARY} protobuf)

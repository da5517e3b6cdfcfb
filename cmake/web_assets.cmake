# The built web app, inside the binary. web/embed.mjs writes build/web/: the compressed files, an
# assembler file that takes them in as they are, and the table that platform/http/assets.hpp looks
# things up in. Without these the binary holds no screens (no_assets.cpp).
set(web ${CMAKE_SOURCE_DIR}/build/web)
if(LEADCRM_EMBED_WEB AND EXISTS ${web}/embedded_assets.cpp)
    file(GLOB web_data CONFIGURE_DEPENDS ${web}/data/*)
    target_sources(leadcrm_platform PRIVATE ${web}/embedded_assets.cpp ${web}/assets.S)
    set_source_files_properties(${web}/assets.S PROPERTIES
        LANGUAGE ASM
        OBJECT_DEPENDS "${web_data}"
        COMPILE_OPTIONS -I${web})
else()
    target_sources(leadcrm_platform PRIVATE src/platform/http/no_assets.cpp)
endif()

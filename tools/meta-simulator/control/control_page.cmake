# The control page inside the simulator: control_page.S takes the files in as they are.
set(control ${CMAKE_SOURCE_DIR}/tools/meta-simulator/control)
target_sources(meta_simulator_lib PRIVATE ${control}/control_page.S)
set_source_files_properties(${control}/control_page.S PROPERTIES
    COMPILE_OPTIONS "-I${CMAKE_SOURCE_DIR}"
    OBJECT_DEPENDS "${control}/control.html;${control}/control.js;${control}/control.css")

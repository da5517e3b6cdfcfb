// Takes the files of the control page into the binary as they are: control_page.cpp.
    .section .rodata

    .macro file name, path
    .global \name\()_begin
    .global \name\()_end
\name\()_begin:
    .incbin "\path"
\name\()_end:
    .endm

    file control_html, "tools/meta-simulator/control/control.html"
    file control_js, "tools/meta-simulator/control/control.js"
    file control_css, "tools/meta-simulator/control/control.css"

    .section .note.GNU-stack, "", @progbits

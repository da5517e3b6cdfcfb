# The built web app, inside the binary. web/embed.mjs writes build/web/: compressed files, an
# assembler file that takes them in as they are, and the table that src/platform/http/assets.hpp
# looks things up in. Without them the binary serves no screens.

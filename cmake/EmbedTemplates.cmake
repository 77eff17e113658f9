# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Run as a script: -DOUT=file.cpp -DFILES=a;b. Writes the files into one source as raw string literals.
set(code "// Made from resources/templates and resources/recipes; do not edit.\n#include \"core/pipeline/templates.h\"\n\nnamespace lodestone::pipeline {\n\nconst std::vector<TemplateFile>& templateFiles() {\n  static const std::vector<TemplateFile> kFiles = {\n")
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME)
  file(READ ${file} text)
  string(APPEND code "      {\"${name}\", R\"lodestone~(${text})lodestone~\"},\n")
endforeach()
string(APPEND code "  };\n  return kFiles;\n}\n\n}  // namespace lodestone::pipeline\n")
file(WRITE ${OUT} "${code}")

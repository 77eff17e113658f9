# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later

# What every target of ours compiles with. Warnings are errors.
add_library(lodestone_options INTERFACE)
target_compile_features(lodestone_options INTERFACE cxx_std_20)
target_compile_options(lodestone_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wno-missing-field-initializers
  -Werror -fvisibility=hidden)
# GCC 12 warns of overlapping copies in its own std::string (GCC bug 105651).
target_compile_options(lodestone_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
target_include_directories(lodestone_options INTERFACE ${PROJECT_SOURCE_DIR})
if(LODESTONE_SANITIZE)
  target_compile_options(lodestone_options INTERFACE -fsanitize=${LODESTONE_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(lodestone_options INTERFACE -fsanitize=${LODESTONE_SANITIZE})
endif()

# lodestone_library(data SOURCES a.cpp b.cpp PUBLIC x PRIVATE y): static library lodestone::data.
function(lodestone_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(lodestone_${name} STATIC ${ARG_SOURCES})
  add_library(lodestone::${name} ALIAS lodestone_${name})
  set_target_properties(lodestone_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_link_libraries(lodestone_${name} PUBLIC lodestone_options ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()

# lodestone_ui_library(charts SOURCES a.cpp PUBLIC x PRIVATE y): the same for the window, headers with Q_OBJECT beside
# their sources included.
function(lodestone_ui_library name)
  lodestone_library(${name} ${ARGN})
  set_target_properties(lodestone_${name} PROPERTIES AUTOMOC ON)
  target_compile_definitions(lodestone_${name} PUBLIC QT_NO_KEYWORDS QT_NO_CAST_TO_ASCII)
  target_link_libraries(lodestone_${name} PUBLIC Qt6::Core Qt6::Gui Qt6::Widgets)
  # Qt's headers are half of each compilation: read once for all folders that compile with the same flags.
  if(name STREQUAL widgets)
    target_precompile_headers(lodestone_widgets PRIVATE ${PROJECT_SOURCE_DIR}/ui/widgets/qt_widgets.h)
  elseif(name MATCHES "^(page_(home|data|pipeline|models|strategies)|studio|forms|tables)$")
    target_precompile_headers(lodestone_${name} REUSE_FROM lodestone_widgets)
  endif()
  target_compile_options(lodestone_${name} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)  # for ccache
endfunction()

# lodestone_ui_test(jobs SOURCES jobs_test.cpp LINK lodestone::jobs): a Qt Test program that runs without a display.
function(lodestone_ui_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(test_ui_${name} ${ARG_SOURCES})
  set_target_properties(test_ui_${name} PROPERTIES AUTOMOC ON)
  target_compile_definitions(test_ui_${name} PRIVATE QT_NO_KEYWORDS)
  target_link_libraries(test_ui_${name} PRIVATE lodestone_options ${ARG_LINK} lodestone_ui_test_support Qt6::Test)
  add_test(NAME ui.${name} COMMAND test_ui_${name})
  set_tests_properties(ui.${name} PROPERTIES TIMEOUT 300 ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
endfunction()

# lodestone_test(base SOURCES a_test.cpp LINK lodestone::base): a GoogleTest program, one ctest entry a test case.
function(lodestone_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(test_${name} ${ARG_SOURCES})
  target_link_libraries(test_${name} PRIVATE lodestone_options ${ARG_LINK} lodestone_test_support GTest::gmock GTest::gtest_main)
  gtest_discover_tests(test_${name} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 300)
endfunction()

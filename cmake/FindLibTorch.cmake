# SPDX-FileCopyrightText: 2026 The Lodestone authors
# SPDX-License-Identifier: GPL-3.0-or-later

# LibTorch's C++ library as LibTorch::LibTorch: Debian's, or any LibTorch 1.13 to 2.x below CMAKE_PREFIX_PATH (with the
# C++11 ABI). Not Torch's own configuration file: that one also wants the build dependencies of LibTorch itself.
find_path(LibTorch_INCLUDE_DIR ATen/core/Tensor.h)
find_path(LibTorch_API_INCLUDE_DIR torch/version.h PATH_SUFFIXES torch/csrc/api/include)
find_library(LibTorch_torch_LIBRARY torch)
find_library(LibTorch_torch_cpu_LIBRARY torch_cpu)
find_library(LibTorch_c10_LIBRARY c10)
find_library(LibTorch_torch_cuda_LIBRARY torch_cuda)
find_library(LibTorch_c10_cuda_LIBRARY c10_cuda)
mark_as_advanced(LibTorch_INCLUDE_DIR LibTorch_API_INCLUDE_DIR LibTorch_torch_LIBRARY LibTorch_torch_cpu_LIBRARY LibTorch_c10_LIBRARY
  LibTorch_torch_cuda_LIBRARY LibTorch_c10_cuda_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibTorch
  REQUIRED_VARS LibTorch_torch_cpu_LIBRARY LibTorch_c10_LIBRARY LibTorch_torch_LIBRARY LibTorch_INCLUDE_DIR
    LibTorch_API_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "Install libtorch-dev, or name LibTorch's folder in CMAKE_PREFIX_PATH.")

if(LibTorch_FOUND AND NOT TARGET LibTorch::LibTorch)
  add_library(LibTorch::LibTorch INTERFACE IMPORTED)
  target_include_directories(LibTorch::LibTorch SYSTEM INTERFACE ${LibTorch_INCLUDE_DIR} ${LibTorch_API_INCLUDE_DIR})
  # Only the operators that a file names: a tenth of the headers.
  target_compile_definitions(LibTorch::LibTorch INTERFACE AT_PER_OPERATOR_HEADERS)
  target_link_libraries(LibTorch::LibTorch INTERFACE
    ${LibTorch_torch_LIBRARY} ${LibTorch_torch_cpu_LIBRARY} ${LibTorch_c10_LIBRARY})
  if(LibTorch_torch_cuda_LIBRARY)
    # CUDA registers itself when it is loaded: nothing refers to it, and it must be linked all the same.
    target_link_libraries(LibTorch::LibTorch INTERFACE
      -Wl,--push-state,--no-as-needed ${LibTorch_torch_cuda_LIBRARY} ${LibTorch_c10_cuda_LIBRARY} -Wl,--pop-state)
  endif()
endif()

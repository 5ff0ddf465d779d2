# lto.cmake - link-time optimisation for release builds, where the toolchain has it.
#
# clang's needs a linker that understands LLVM's objects: lld, or GNU ld with the gold plugin.
# With neither, the build goes on without it.
if(LIMPET_LTO)
    include(CheckIPOSupported)
    if(CMAKE_C_COMPILER_ID STREQUAL "Clang")
        find_program(LIMPET_LLD NAMES ld.lld)
        if(LIMPET_LLD)
            add_link_options(-fuse-ld=lld)
            set(CMAKE_REQUIRED_LINK_OPTIONS -fuse-ld=lld)
        endif()
    endif()
    check_ipo_supported(RESULT LIMPET_HAS_LTO OUTPUT LIMPET_LTO_OUTPUT LANGUAGES C)
    if(LIMPET_HAS_LTO)
        set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
    else()
        message(STATUS "No link-time optimisation with this compiler and linker")
    endif()
endif()

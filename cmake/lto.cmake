# lto.cmake - link-time optimisation for release builds, where the toolchain has it.
#
# clang's needs a linker that understands LLVM's objects: lld, or GNU ld with the gold plugin.
# With neither, the build goes on without it. LIMPET_PRELINK_FLAGS are what the compiler needs
# to link such objects into one ordinary object file (interp/CMakeLists.txt).
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
        string(TOUPPER "${CMAKE_BUILD_TYPE}" LIMPET_CONFIG)
        separate_arguments(LIMPET_PRELINK_FLAGS UNIX_COMMAND
            "${CMAKE_C_FLAGS} ${CMAKE_C_FLAGS_${LIMPET_CONFIG}}")
        list(APPEND LIMPET_PRELINK_FLAGS ${CMAKE_C_COMPILE_OPTIONS_IPO})
        if(CMAKE_C_COMPILER_ID STREQUAL "Clang")
            if(LIMPET_LLD)
                list(APPEND LIMPET_PRELINK_FLAGS -fuse-ld=lld)
            endif()
        else()
            list(APPEND LIMPET_PRELINK_FLAGS -flinker-output=nolto-rel)
        endif()
    else()
        message(STATUS "No link-time optimisation with this compiler and linker")
    endif()
endif()

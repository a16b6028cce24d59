# SPDX-License-Identifier: MIT
# The installed files and their folders; the package of CPack.
if(system STREQUAL windows)
  # A folder that can be moved: the program finds layouts next to itself.
  set(programs .)
  set(data .)
  set(documents .)
  set(examples config)
else()
  set(programs ${CMAKE_INSTALL_BINDIR})
  set(data ${CMAKE_INSTALL_DATADIR}/shmtop)
  set(documents ${CMAKE_INSTALL_DOCDIR})
  set(examples ${CMAKE_INSTALL_DOCDIR}/examples)
endif()

install(TARGETS shmtop DESTINATION ${programs})
install(DIRECTORY layouts/ DESTINATION ${data}/layouts
        FILES_MATCHING PATTERN "*.ini")
install(FILES config/shmtop.ini DESTINATION ${examples})
install(FILES README.md NEWS.md LICENSE DESTINATION ${documents})

if(system STREQUAL linux)
  install(FILES doc/shmtop.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES doc/shmtop-layout.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5)
  install(FILES doc/completion.bash
          DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
          RENAME shmtop)
endif()

if(CMAKE_SIZEOF_VOID_P EQUAL 4)
  set(bits 32)
else()
  set(bits 64)
endif()
if(system STREQUAL windows)
  set(CPACK_GENERATOR ZIP)
  set(CPACK_STRIP_FILES ON)
else()
  set(CPACK_GENERATOR TGZ)
endif()
set(CPACK_PACKAGE_FILE_NAME shmtop-${PROJECT_VERSION}-${system}${bits})
include(CPack)

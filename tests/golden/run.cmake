# SPDX-License-Identifier: MIT
# Runs golden cases (see cases.txt).
#   cmake -DSHMTOP=PROGRAM -DSYSTEM=linux|windows -DWORK=DIRECTORY
#         [-DEMULATOR=COMMAND] [-DNAME=CASE] [-DUPDATE=1] -P run.cmake
# Without NAME all cases of SYSTEM run; UPDATE writes the expected files instead of
# comparing.  The exit code is never updated.
cmake_minimum_required(VERSION 3.18)

set(here "${CMAKE_CURRENT_LIST_DIR}")
file(MAKE_DIRECTORY "${WORK}")
find_program(DIFF diff)

# Nothing of the user's or the machine's settings reaches a case.
set(ENV{LC_ALL} C.UTF-8)
set(ENV{TZ} UTC)
set(ENV{TERM} xterm)
set(ENV{HOME} "${WORK}/home")
foreach(variable CONFIG_HOME CONFIG_DIRS DATA_HOME DATA_DIRS)
  set(ENV{XDG_${variable}} "${WORK}/home")
endforeach()
unset(ENV{NO_COLOR})

# Compares or updates one stream of a case.
function(judge name kind)
  set(got "${WORK}/${name}.${kind}")
  set(expected "${here}/expected/${name}.${kind}")
  file(SIZE "${got}" size)
  if(UPDATE)
    if(size EQUAL 0)
      file(REMOVE "${expected}")
    else()
      configure_file("${got}" "${expected}" COPYONLY)
    endif()
    return()
  endif()
  if(NOT EXISTS "${expected}")
    set(expected "${WORK}/${name}.empty")
    file(WRITE "${expected}" "")
  endif()
  execute_process(COMMAND "${CMAKE_COMMAND}" -E compare_files
                          "${expected}" "${got}"
                  RESULT_VARIABLE differs OUTPUT_QUIET ERROR_QUIET)
  if(NOT differs)
    return()
  endif()
  if(DIFF)
    execute_process(COMMAND "${DIFF}" -au "${expected}" "${got}")
  endif()
  message(SEND_ERROR "${name}: ${got} is not ${expected}")
endfunction()

function(run_case name status arguments)
  # What a case keeps is its own; "A && B" runs B after A, and judges B.
  file(REMOVE_RECURSE "${WORK}/state/${name}")
  set(ENV{XDG_STATE_HOME} "${WORK}/state/${name}")
  set(ENV{LOCALAPPDATA} "${WORK}/state/${name}")
  set(ENV{SHMTOP_TEST_STATE} "${WORK}/state/${name}") # see with_state.c
  string(REPLACE " && " ";" runs "${arguments}")
  foreach(run IN LISTS runs)
    separate_arguments(words UNIX_COMMAND "${run}")
    set(quoted "")
    foreach(word IN LISTS words)
      string(APPEND quoted " [==[${word}]==]")
    endforeach()
    string(REPLACE "@LEFT@" "[" quoted "${quoted}")
    string(REPLACE "@RIGHT@" "]" quoted "${quoted}")
    cmake_language(EVAL CODE "
      execute_process(COMMAND \${EMULATOR} \"\${SHMTOP}\" ${quoted}
                      WORKING_DIRECTORY \"\${here}\"
                      OUTPUT_FILE \"\${WORK}/\${name}.out\"
                      ERROR_FILE \"\${WORK}/\${name}.err\"
                      RESULT_VARIABLE result
                      TIMEOUT 60)")
  endforeach()
  if(NOT result STREQUAL status)
    file(READ "${WORK}/${name}.err" said)
    message(SEND_ERROR "${name}: exit ${result}, not ${status}: ${said}")
  endif()
  judge("${name}" out)
  judge("${name}" err)
endfunction()

file(STRINGS "${here}/cases.txt" lines ENCODING UTF-8)
# A list of CMake is not split inside of brackets.
string(REPLACE "[" "@LEFT@" lines "${lines}")
string(REPLACE "]" "@RIGHT@" lines "${lines}")
set(found 0)
foreach(line IN LISTS lines)
  if(NOT line MATCHES "^([a-z0-9_]+) *\\| *([0-9]+) *\\| *(.*)$")
    continue()
  endif()
  set(case "${CMAKE_MATCH_1}")
  set(status "${CMAKE_MATCH_2}")
  set(arguments "${CMAKE_MATCH_3}")
  if(case MATCHES "_(linux|windows)$" AND NOT CMAKE_MATCH_1 STREQUAL SYSTEM)
    continue()
  endif()
  if(NOT DEFINED NAME OR NAME STREQUAL case)
    run_case("${case}" "${status}" "${arguments}")
    math(EXPR found "${found} + 1")
  endif()
endforeach()
if(found EQUAL 0)
  message(FATAL_ERROR "no such case: ${NAME}")
endif()

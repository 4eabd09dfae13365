#!/bin/sh
# Ends what a launcher started when the launcher itself is killed: it holds the other end of our standard input.
# Lines read: "keep PID SIGNAL STAGE" (stages end in the order 1, 2, 3) and "drop PID". After a good end nothing is kept.
trap '' INT TERM HUP
kept=''
while read -r verb pid signal stage; do
  case $verb in
    keep) kept="$kept $pid:$signal:$stage" ;;
    drop)
      rest=''
      for one in $kept; do [ "${one%%:*}" = "$pid" ] || rest="$rest $one"; done
      kept=$rest
      ;;
  esac
done

# A dead process whose new parent has not noticed yet (Z) counts as gone.
alive() {
  kill -0 "$1" 2>/dev/null || return 1
  stat=''
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null
  case $stat in *') Z '*) return 1 ;; esac
  return 0
}

living() {
  for one in $kept; do
    if [ "${one##*:}" = "$1" ] && alive "${one%%:*}"; then return 0; fi
  done
  return 1
}

for stage in 1 2 3; do
  for one in $kept; do
    [ "${one##*:}" = "$stage" ] || continue
    signal=${one#*:}
    kill -s "${signal%%:*}" "${one%%:*}" 2>/dev/null
  done
  tenths=0
  while living "$stage" && [ "$tenths" -lt 50 ]; do
    sleep 0.1
    tenths=$((tenths + 1))
  done
  for one in $kept; do
    [ "${one##*:}" = "$stage" ] && kill -s KILL -- "-${one%%:*}" 2>/dev/null
  done
done
exit 0

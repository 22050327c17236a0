#!/usr/bin/env bash
# Runs a command where nothing but this machine can be reached: in a network of its own that has the loopback
# and no other way. Ends as the command does, but with 1 when anything tried to leave and STRICT is set; with
# 77, and loudly, where this machine does not let us make such a network.
set -euo pipefail

if [ "${1-}" != --inside ]; then
  for way in -n -rn; do
    unshare "$way" bash "$0" --inside true 2>/dev/null && exec unshare "$way" bash "$0" --inside "$@"
  done
  echo "!!! NOT SHOWN: this machine lets us make no network without a way out (unshare -n, as root or with" >&2
  echo "!!! user namespaces; in a container --cap-add SYS_ADMIN --cap-add NET_ADMIN). Not run: $*" >&2
  exit 77
fi
shift

# The loopback is there but down; ip(8) is not everywhere, perl is: SIOCSIFFLAGS, IFF_UP.
perl -e 'socket(my $s, 2, 2, 0) or die; my $r = pack("a16 s x22", "lo", 1); ioctl($s, 0x8914, $r) or die "lo: $!"'

# If this can be reached, the network is not what it should be.
if (exec 3<>/dev/tcp/1.1.1.1/443) 2>/dev/null; then
  echo "the network that should have no way out has one" >&2
  exit 1
fi

# Packets for which there was no way out, by IPv4 and IPv6: what tried to leave.
tried() {
  cat /proc/net/snmp /proc/net/snmp6 2>/dev/null |
    awk '/^Ip:/ { four = $13 } /^Ip6OutNoRoutes/ { six = $2 } END { print four + six }'
}

before=$(tried)
code=0
"$@" || code=$?
left=$(($(tried) - before))
[ "$1" = true ] || echo "without a network: $* ended with $code, tried to leave $left times"
[ "$code" -ne 0 ] || [ "$left" -eq 0 ] || [ -z "${STRICT-}" ] || code=1
exit "$code"

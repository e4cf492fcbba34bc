package dev.taxon.serving.webhook;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses are on the public internet. Everything else is somebody's own network, ours included: loopback, private
 * and shared ranges, link-local ones with the clouds' metadata services, and those of IPv6 that carry an address of IPv4
 * within (RFC 6890 and its registries).
 */
final class Addresses {
    private static final List<Block> SPECIAL = List.of(
            Block.of("0.0.0.0", 8),
            Block.of("10.0.0.0", 8),
            Block.of("100.64.0.0", 10),
            Block.of("127.0.0.0", 8),
            Block.of("169.254.0.0", 16),
            Block.of("172.16.0.0", 12),
            Block.of("192.0.0.0", 24),
            Block.of("192.0.2.0", 24),
            Block.of("192.88.99.0", 24),
            Block.of("192.168.0.0", 16),
            Block.of("198.18.0.0", 15),
            Block.of("198.51.100.0", 24),
            Block.of("203.0.113.0", 24),
            Block.of("224.0.0.0", 3),
            // A cloud's own services answer here, though the address is a public one.
            Block.of("168.63.129.16", 32));

    /** Of IPv6 only what is given out for the public internet, and of that not what tunnels IPv4 or is documentation. */
    private static final Block GLOBAL = Block.of("2000::", 3);

    private static final List<Block> TUNNELS =
            List.of(Block.of("2001::", 23), Block.of("2001:db8::", 32), Block.of("2002::", 16), Block.of("3fff::", 20));

    private Addresses() {}

    static boolean isPublic(InetAddress address) {
        if (address instanceof Inet4Address) {
            return SPECIAL.stream().noneMatch(block -> block.contains(address));
        }
        return address instanceof Inet6Address
                && GLOBAL.contains(address)
                && TUNNELS.stream().noneMatch(block -> block.contains(address));
    }

    /** All addresses that begin with the same bits. */
    private record Block(byte[] first, int bits) {
        static Block of(String literal, int bits) {
            try {
                return new Block(InetAddress.getByName(literal).getAddress(), bits);
            } catch (java.net.UnknownHostException notALiteral) {
                throw new IllegalArgumentException(notALiteral);
            }
        }

        boolean contains(InetAddress address) {
            byte[] other = address.getAddress();
            if (other.length != first.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >>> (bit % 8);
                if ((first[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}

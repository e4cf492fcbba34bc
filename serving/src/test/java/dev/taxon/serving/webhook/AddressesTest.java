package dev.taxon.serving.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "100.100.100.200",
                "169.254.169.254",
                "168.63.129.16",
                "192.0.0.192",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "2002:7f00:1::",
                "2001:0:4136:e378:8000:63bf:3fff:fdd2",
                "2001:db8::1"
            })
    void whatIsSomebodysOwnNetworkIsNotPublic(String address) throws UnknownHostException {
        assertThat(Addresses.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.1.1.1", "9.255.255.255", "11.0.0.0", "172.32.0.0", "192.167.0.1", "2606:4700::1111", "2a00::1"
            })
    void theRestIs(String address) throws UnknownHostException {
        assertThat(Addresses.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost/",
                "https://127.0.0.1:8443/x",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://017700000001/",
                "https://127.1/",
                "https://[::1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://169.254.169.254/latest/meta-data/",
                "http://1.1.1.1/",
                "ftp://1.1.1.1/",
                "file:///etc/passwd",
                "gopher://1.1.1.1/",
                "jdbc:postgresql://1.1.1.1/",
                "https:///x",
                "https://user:secret@1.1.1.1/",
                "https://1.1.1.1/#part",
                "//1.1.1.1/",
                "not a url",
                "",
                "https://exa mple/"
            })
    void urlsThatLeadThereOrNowhereAreRefused(String url) {
        assertThatThrownBy(() -> new Targets(false).resolve(url)).isInstanceOf(RefusedTargetException.class);
    }

    @Test
    void aPublicAddressIsATarget() {
        Target target = new Targets(false).resolve("https://1.1.1.1/hooks?a=b%20c");

        assertThat(target.path()).isEqualTo("/hooks?a=b%20c");
        assertThat(target.port()).isEqualTo(443);
        assertThat(target.address().getHostAddress()).isEqualTo("1.1.1.1");
    }

    /** A client may connect to any of them. */
    @Test
    void allAddressesOfAHostMustBePublic() {
        for (List<String> addresses : List.of(
                List.of("1.1.1.1", "10.0.0.1"), List.of("10.0.0.1", "1.1.1.1"), List.of("2606:4700::1111", "::1"))) {
            Targets targets = new Targets(false, new ChangingNames("hooks.example", addresses));
            assertThatThrownBy(() -> targets.resolve("https://hooks.example/"))
                    .as(addresses.toString())
                    .isInstanceOf(RefusedTargetException.class);
        }
        Targets open = new Targets(false, new ChangingNames("hooks.example", List.of("1.1.1.1", "2606:4700::1111")));
        assertThat(open.resolve("https://hooks.example/").address().getHostAddress())
                .isEqualTo("1.1.1.1");
    }

    @Test
    void anOperatorMayAllowPrivateOnes() {
        Target target = new Targets(true).resolve("http://[::1]:81");

        assertThat(target.host()).isEqualTo("::1");
        assertThat(target.port()).isEqualTo(81);
        assertThat(target.path()).isEqualTo("/");
        assertThatThrownBy(() -> new Targets(true).resolve("https://u:p@127.0.0.1/"))
                .isInstanceOf(RefusedTargetException.class);
    }
}

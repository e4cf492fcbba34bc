package dev.taxon.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.cli.console.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ListenAddressTest {
    @Test
    void aPortInUseIsOneSentenceThatNamesIt() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            assertThatThrownBy(() -> new ListenAddress("127.0.0.1", taken.getLocalPort()).requireFree(Duration.ZERO))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining(Integer.toString(port))
                    .hasMessageContaining("--port");
        }
        assertThatCode(() -> new ListenAddress("127.0.0.1", port).requireFree(Duration.ZERO))
                .doesNotThrowAnyException();
    }

    @Test
    void callersOnThisMachineUseTheLoopbackAddressOfAServerOnAll() {
        assertThat(new ListenAddress("0.0.0.0", 9000).url()).isEqualTo("http://127.0.0.1:9000");
        assertThat(new ListenAddress("::1", 9000).url()).isEqualTo("http://[::1]:9000");
    }
}

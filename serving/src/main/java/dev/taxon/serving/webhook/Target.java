package dev.taxon.serving.webhook;

import java.net.InetAddress;
import java.net.URI;

/**
 * Where to post to.
 *
 * @param url what the tenant gave
 * @param address what its host resolved to, which is what is connected to: resolving it again could give another one
 */
record Target(URI url, InetAddress address) {

    boolean secure() {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    int port() {
        int usual = secure() ? 443 : 80;
        return url.getPort() == -1 ? usual : url.getPort();
    }

    /** Path and query, as a request line has them. */
    String path() {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    /** The host without the brackets of IPv6. */
    String host() {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}

package dev.taxon.serving.webhook;

import dev.taxon.serving.config.TaxonSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Turns URLs of tenants into targets, or refuses them. Asks the name service. Thread-safe. */
@Singleton
final class Targets {
    private static final int LONGEST = 2_000;
    private static final int HIGHEST_PORT = 65_535;
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final boolean allowPrivate;
    private final NameService names;

    @Inject
    Targets(TaxonSettings settings) {
        this(settings.webhooks().allowPrivate());
    }

    Targets(boolean allowPrivate) {
        this(allowPrivate, InetAddress::getAllByName);
    }

    Targets(boolean allowPrivate, NameService names) {
        this.allowPrivate = allowPrivate;
        this.names = names;
    }

    /**
     * Where this URL leads at the moment. All addresses of a host must be allowed, as any may be connected to.
     *
     * @throws RefusedTargetException where nothing may be posted there
     */
    Target resolve(String text) {
        URI url = parse(text);
        InetAddress[] addresses = addresses(url);
        if (!allowPrivate && !Stream.of(addresses).allMatch(Addresses::isPublic)) {
            throw new RefusedTargetException(
                    "The URL's host is not on the public internet. Use an address that anybody can reach.");
        }
        return new Target(url, addresses[0]);
    }

    private URI parse(String text) {
        if (text.length() > LONGEST) {
            throw new RefusedTargetException("A URL has up to " + LONGEST + " characters.");
        }
        try {
            URI url = new URI(text);
            check(url);
            return url;
        } catch (URISyntaxException notAUrl) {
            throw new RefusedTargetException("This is no URL. Send one as https://example.com/taxon.");
        }
    }

    private void check(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme) || url.getHost() == null) {
            throw new RefusedTargetException("This is no URL of the web. Send one as https://example.com/taxon.");
        }
        if (!scheme.equals("https") && !allowPrivate) {
            throw new RefusedTargetException("Events are sent over https alone. Send a URL that begins with https.");
        }
        if (url.getPort() == 0 || url.getPort() > HIGHEST_PORT) {
            throw new RefusedTargetException("The URL's port is none. Ports are 1 to " + HIGHEST_PORT + ".");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new RefusedTargetException("The URL carries a user or a fragment. Leave it out.");
        }
    }

    private InetAddress[] addresses(URI url) {
        try {
            return names.addresses(new Target(url, InetAddress.getLoopbackAddress()).host());
        } catch (UnknownHostException unknown) {
            throw new RefusedTargetException("The URL's host is not known to the name service.");
        }
    }
}

package dev.taxon.serving.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * A name service that knows one host, whose owner changes what it answers: one answer after the other, and then the last for
 * good.
 */
final class ChangingNames implements NameService {
    private final String known;
    private final List<List<String>> answers;
    private int asked;

    @SafeVarargs
    ChangingNames(String known, List<String>... answers) {
        this.known = known;
        this.answers = List.of(answers);
    }

    @Override
    public synchronized InetAddress[] addresses(String host) throws UnknownHostException {
        if (!host.equals(known)) {
            throw new UnknownHostException(host);
        }
        List<String> answer = answers.get(Math.min(asked, answers.size() - 1));
        asked++;
        InetAddress[] addresses = new InetAddress[answer.size()];
        for (int i = 0; i < addresses.length; i++) {
            // As a name service does: the name beside the address.
            addresses[i] = InetAddress.getByAddress(
                    host, InetAddress.getByName(answer.get(i)).getAddress());
        }
        return addresses;
    }

    /** How often it was asked for its host. */
    synchronized int asked() {
        return asked;
    }
}

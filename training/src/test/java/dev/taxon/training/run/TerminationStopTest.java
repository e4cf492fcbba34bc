package dev.taxon.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminationStopTest {

    @Test
    void asksTheRunToStopAndHoldsTheProcessUntilItDid() throws InterruptedException {
        TerminationStop stop = TerminationStop.install();
        assertThat(stop.signal().requested()).isFalse();
        Thread termination = new Thread(stop::stopAndWait);
        termination.start();
        while (!stop.signal().requested()) {
            Thread.onSpinWait();
        }
        assertThat(termination.isAlive()).isTrue();
        stop.close();
        termination.join();
    }
}

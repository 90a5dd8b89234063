package io.replyloop.lab.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Plays dialogues, several at a time. Each worker is one agent at one screen, and in turn one customer after the other;
 * when all is played, each conversation is read again from its beginning by both sides and compared with what was sent.
 */
final class ReplayRunner {
    record Pace(int concurrency, long seed, int shortestThinking, int longestThinking, Duration suggestionLimit) {}

    private record Played(String token, UUID conversation, List<History.Sent> messages) {}

    private final ApiClient rest;
    private final List<ApiClient.Agent> agents;
    private final KnowledgeBase knowledge;
    private final Pace pace;
    private final ScheduledExecutorService clock;
    private final ReplayStatistics tally = new ReplayStatistics();
    private final Queue<Played> played = new ConcurrentLinkedQueue<>();

    ReplayRunner(
            ApiClient rest,
            List<ApiClient.Agent> agents,
            KnowledgeBase knowledge,
            Pace pace,
            ScheduledExecutorService clock) {
        this.rest = rest;
        this.agents = agents;
        this.knowledge = knowledge;
        this.pace = pace;
        this.clock = clock;
    }

    ReplayStatistics play(List<Dialogue> dialogues) {
        List<AgentClient> screens = new ArrayList<>();
        for (int worker = 0; worker < Math.min(pace.concurrency(), dialogues.size()); worker++) {
            AgentClient screen = new AgentClient(clock, rest, agents.get(worker % agents.size()));
            screen.start();
            screens.add(screen);
        }
        ExecutorService workers = Executors.newFixedThreadPool(screens.size());
        try (Progress progress = new Progress(dialogues.size(), tally)) {
            AtomicInteger next = new AtomicInteger();
            together(workers, screens, screen -> {
                for (int index = next.getAndIncrement(); index < dialogues.size(); index = next.getAndIncrement()) {
                    // By the dialogue and not by the worker, so that the pace does not depend on who is quicker.
                    playKindly(dialogues.get(index), screen, new SplittableRandom(pace.seed() * 31 + index));
                }
            });
            progress.say("Reading every conversation again, from both sides.");
            together(workers, screens, screen -> {
                for (Played one = played.poll(); one != null; one = played.poll()) {
                    verify(one, screen);
                }
            });
        } finally {
            workers.shutdownNow();
            for (AgentClient screen : screens) {
                tally.reconnects.addAndGet(Math.max(0, screen.connections() - 1));
                screen.close();
            }
        }
        return tally;
    }

    private interface Work {
        void with(AgentClient screen);
    }

    private static void together(ExecutorService workers, List<AgentClient> screens, Work work) {
        List<Future<?>> running = new ArrayList<>();
        for (AgentClient screen : screens) {
            running.add(workers.submit(() -> work.with(screen)));
        }
        for (Future<?> one : running) {
            try {
                one.get();
            } catch (InterruptedException interrupted) {
                throw ApiClient.interrupted(interrupted);
            } catch (java.util.concurrent.ExecutionException failure) {
                throw failure.getCause() instanceof RuntimeException cause
                        ? cause
                        : new ReplayException("A worker failed", failure.getCause());
            }
        }
    }

    private void playKindly(Dialogue dialogue, AgentClient screen, SplittableRandom random) {
        Scene scene = new Scene(dialogue, screen, random);
        try (CustomerClient customer = scene.customer) {
            customer.start();
            customer.awaitReady();
            scene.play();
        } catch (ReplayException | ApiClient.RefusedException stuck) {
            tally.failed.incrementAndGet();
            tally.complain("A dialogue broke off: " + stuck.getMessage());
        } finally {
            scene.end();
            tally.dialogues.incrementAndGet();
        }
    }

    /** One dialogue on its way. */
    private final class Scene {
        private final Dialogue dialogue;
        private final AgentClient screen;
        private final SplittableRandom random;
        private final CustomerClient customer = new CustomerClient(clock, rest, rest.customerToken(null));
        private final List<History.Sent> messages = new ArrayList<>();
        private UUID conversation;
        /** The customer's message that is not answered yet; null when the agent has answered. */
        private ReconnectingClient.Act open;

        Scene(Dialogue dialogue, AgentClient screen, SplittableRandom random) {
            this.dialogue = dialogue;
            this.screen = screen;
            this.random = random;
        }

        void play() {
            for (Dialogue.Turn turn : dialogue.turns()) {
                think();
                if (turn.by() == Dialogue.Speaker.CUSTOMER) {
                    customerSays(turn);
                } else if (conversation != null) {
                    agentSays(turn);
                }
            }
        }

        private void think() {
            int range = pace.longestThinking() - pace.shortestThinking();
            int millis = pace.shortestThinking() + (range > 0 ? random.nextInt(range + 1) : 0);
            if (millis > 0) {
                ApiClient.pause(Duration.ofMillis(millis));
            }
        }

        private void customerSays(Dialogue.Turn turn) {
            int connection = screen.connections();
            ReconnectingClient.Act act = customer.message(turn.text());
            if (!stored(customer, act, turn.text())) {
                return;
            }
            boolean first = conversation == null;
            if (first) {
                conversation = act.acknowledgement.conversation();
                screen.follow(conversation);
                require(screen, screen.take(conversation));
            }
            Long arrived = screen.awaitEvent(conversation, act.id);
            // The first message meets nobody who follows yet, so it says nothing about delivery.
            delivered(act, arrived, first || connection != screen.connections());
            open = act;
        }

        private void agentSays(Dialogue.Turn turn) {
            AgentClient.Suggestions shown = open == null ? null : suggestions();
            List<KnowledgeBase.Reply> picked =
                    turn.picked() == null ? List.of() : knowledge.picked(turn.picked(), dialogue.tasks());
            int rank = shown == null ? 0 : KnowledgeBase.rank(picked, shown.items());
            if (turn.picked() != null && picked.isEmpty()) {
                tally.unknownPicks.incrementAndGet();
            } else if (turn.picked() != null) {
                tally.pick(rank);
            }
            int connection = customer.connections();
            KnowledgeBase.Suggested accepted = rank > 0 ? shown.items().get(rank - 1) : null;
            String own = picked.isEmpty() ? turn.text() : picked.get(0).text();
            String text = accepted == null ? own : accepted.text();
            ReconnectingClient.Act act =
                    screen.message(conversation, text, accepted == null ? null : accepted.reply(), shown);
            open = null;
            if (stored(screen, act, text)) {
                long times = messages.stream()
                        .filter(message -> message.byAgent() && message.text().equals(text))
                        .count();
                Long arrived = customer.awaitAgentMessage(text, (int) times);
                delivered(act, arrived, connection != customer.connections());
            }
        }

        private AgentClient.Suggestions suggestions() {
            int connection = screen.connections();
            AgentClient.Suggestions shown = screen.awaitSuggestions(conversation, open.id, pace.suggestionLimit());
            if (shown == null) {
                tally.withoutSuggestions.incrementAndGet();
            } else {
                tally.suggestedBy(shown.model());
            }
            if (connection == screen.connections() && !open.isInterrupted()) {
                // What did not come took longer than it was waited for; left out, it would make the figures better.
                long until = shown == null ? System.nanoTime() : shown.at();
                tally.suggestion.add((until - open.acknowledgedAt) / 1e6);
            }
            return shown;
        }

        private boolean stored(ReconnectingClient link, ReconnectingClient.Act act, String text) {
            tally.sent.incrementAndGet();
            boolean answered = link.await(act);
            if (act.refusal != null) {
                tally.refused.incrementAndGet();
                tally.complain("A message was refused: " + act.refusal);
                return false;
            }
            messages.add(new History.Sent(act.id, link == screen, text));
            if (!answered) {
                throw new ReplayException("the server did not acknowledge a message in three minutes");
            }
            tally.acknowledged.incrementAndGet();
            if (act.isInterrupted()) {
                tally.interrupted.incrementAndGet();
            } else {
                tally.acknowledgement.add(act.acknowledgedMillis());
            }
            return true;
        }

        private void delivered(ReconnectingClient.Act act, Long arrived, boolean unmeasurable) {
            if (arrived == null) {
                throw new ReplayException("an acknowledged message did not reach the other side in three minutes");
            }
            if (!unmeasurable && !act.isInterrupted()) {
                tally.delivery.add((arrived - act.sentAt) / 1e6);
            }
        }

        private void require(ReconnectingClient link, ReconnectingClient.Act act) {
            if (!link.await(act) || act.refusal != null) {
                throw new ReplayException("the agent could not take the conversation: " + act.refusal);
            }
        }

        void end() {
            tally.reconnects.addAndGet(Math.max(0, customer.connections() - 1));
            tally.duplicated.addAndGet(customer.stream().repeated());
            if (conversation != null) {
                tally.duplicated.addAndGet(screen.repeated(conversation));
                screen.leave(conversation);
                played.add(new Played(customer.token(), conversation, List.copyOf(messages)));
            } else {
                tally.lost.addAndGet(messages.size());
            }
        }
    }

    private void verify(Played one, AgentClient screen) {
        try (CustomerClient customer = new CustomerClient(clock, rest, one.token())) {
            customer.start();
            Stream agents = screen.history(one.conversation());
            if (!customer.awaitHistory() || agents == null) {
                tally.failed.incrementAndGet();
                tally.complain("A conversation could not be read again: " + one.conversation());
                return;
            }
            History ofCustomer =
                    History.compare(one.messages(), customer.stream().messages());
            History ofAgent = History.compare(one.messages(), agents.messages());
            List<UUID> lost = new ArrayList<>(ofCustomer.lost());
            ofAgent.lost().stream().filter(id -> !lost.contains(id)).forEach(lost::add);
            tally.lost.addAndGet(lost.size());
            tally.duplicated.addAndGet(ofCustomer.duplicated() + ofAgent.duplicated());
            tally.outOfOrder.addAndGet(ofCustomer.outOfOrder() + ofAgent.outOfOrder());
            tally.verified.incrementAndGet();
        }
    }
}

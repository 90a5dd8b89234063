package io.replyloop.lab.replay;

import io.replyloop.lab.corpus.Dialogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Plays dialogues concurrently. Each worker has one agent's client and plays one customer after another. When all
 * dialogues have been played, both sides read each conversation again from its beginning, and the result is compared
 * with the messages that were sent.
 */
final class ReplayRunner {
    record Pace(int concurrency, long seed, int minThinkMillis, int maxThinkMillis, Duration suggestionTimeout) {}

    private record PlayedConversation(String token, UUID id, List<History.Sent> messages) {}

    private final ApiClient api;
    private final List<ApiClient.Agent> agents;
    private final KnowledgeBase knowledge;
    private final Pace pace;
    private final ScheduledExecutorService scheduler;
    private final ReplayStatistics statistics = new ReplayStatistics();
    private final Queue<PlayedConversation> played = new ConcurrentLinkedQueue<>();

    ReplayRunner(
            ApiClient api,
            List<ApiClient.Agent> agents,
            KnowledgeBase knowledge,
            Pace pace,
            ScheduledExecutorService scheduler) {
        this.api = api;
        this.agents = agents;
        this.knowledge = knowledge;
        this.pace = pace;
        this.scheduler = scheduler;
    }

    ReplayStatistics play(List<Dialogue> dialogues) {
        List<AgentClient> clients = new ArrayList<>();
        for (int worker = 0; worker < Math.min(pace.concurrency(), dialogues.size()); worker++) {
            AgentClient agent = new AgentClient(scheduler, api, agents.get(worker % agents.size()));
            agent.start();
            clients.add(agent);
        }
        ExecutorService workers = Executors.newFixedThreadPool(clients.size());
        try (Progress progress = new Progress(dialogues.size(), statistics)) {
            AtomicInteger next = new AtomicInteger();
            runAll(workers, clients, agent -> {
                for (int index = next.getAndIncrement(); index < dialogues.size(); index = next.getAndIncrement()) {
                    // Seeded by the dialogue and not by the worker, so that the pace does not depend on scheduling.
                    playOne(dialogues.get(index), agent, new SplittableRandom(pace.seed() * 31 + index));
                }
            });
            progress.print("Reading each conversation again from both sides.");
            runAll(workers, clients, agent -> {
                for (PlayedConversation conversation = played.poll();
                        conversation != null;
                        conversation = played.poll()) {
                    verify(conversation, agent);
                }
            });
        } finally {
            workers.shutdownNow();
            for (AgentClient agent : clients) {
                statistics.reconnects.addAndGet(Math.max(0, agent.connections() - 1));
                agent.close();
            }
        }
        return statistics;
    }

    private interface AgentTask {
        void run(AgentClient agent);
    }

    private static void runAll(ExecutorService workers, List<AgentClient> clients, AgentTask task) {
        List<Future<?>> running = new ArrayList<>();
        for (AgentClient agent : clients) {
            running.add(workers.submit(() -> task.run(agent)));
        }
        for (Future<?> future : running) {
            try {
                future.get();
            } catch (InterruptedException interrupted) {
                throw ApiClient.interrupted(interrupted);
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof RuntimeException cause
                        ? cause
                        : new ReplayException("A worker has failed", failure.getCause());
            }
        }
    }

    private void playOne(Dialogue dialogue, AgentClient agent, SplittableRandom random) {
        Playback playback = new Playback(dialogue, agent, random);
        try (CustomerClient customer = playback.customer) {
            customer.start();
            customer.awaitReady();
            playback.play();
        } catch (ReplayException | ApiClient.RefusedException failure) {
            statistics.failed.incrementAndGet();
            statistics.warn("A dialogue was aborted: " + failure.getMessage());
        } finally {
            playback.finish();
            statistics.dialogues.incrementAndGet();
        }
    }

    /** The playback of one dialogue. */
    private final class Playback {
        private final Dialogue dialogue;
        private final AgentClient agent;
        private final SplittableRandom random;
        private final CustomerClient customer = new CustomerClient(scheduler, api, api.customerToken(null));
        private final List<History.Sent> messages = new ArrayList<>();
        private UUID conversation;
        /** The latest customer message that the agent has not answered; null if there is none. */
        private SentCommand unanswered;

        Playback(Dialogue dialogue, AgentClient agent, SplittableRandom random) {
            this.dialogue = dialogue;
            this.agent = agent;
            this.random = random;
        }

        void play() {
            for (Dialogue.Turn turn : dialogue.turns()) {
                think();
                if (turn.by() == Dialogue.Speaker.CUSTOMER) {
                    sendCustomerMessage(turn);
                } else if (conversation != null) {
                    sendAgentMessage(turn);
                }
            }
        }

        private void think() {
            int range = pace.maxThinkMillis() - pace.minThinkMillis();
            int millis = pace.minThinkMillis() + (range > 0 ? random.nextInt(range + 1) : 0);
            if (millis > 0) {
                ApiClient.pause(Duration.ofMillis(millis));
            }
        }

        private void sendCustomerMessage(Dialogue.Turn turn) {
            int connection = agent.connections();
            SentCommand command = customer.message(turn.text());
            if (!awaitStored(customer, command, turn.text())) {
                return;
            }
            boolean isFirst = conversation == null;
            if (isFirst) {
                conversation = command.acknowledgement.conversation();
                agent.subscribe(conversation);
                require(agent, agent.take(conversation));
            }
            Long arrived = agent.awaitEvent(conversation, command.id);
            // The agent subscribes only after the first message, so its delivery cannot be measured.
            recordDelivery(command, arrived, isFirst || connection != agent.connections());
            unanswered = command;
        }

        private void sendAgentMessage(Dialogue.Turn turn) {
            AgentClient.Suggestions shown = unanswered == null ? null : awaitSuggestions();
            List<KnowledgeBase.Reply> picked =
                    turn.picked() == null ? List.of() : knowledge.picked(turn.picked(), dialogue.tasks());
            int rank = shown == null ? 0 : KnowledgeBase.rank(picked, shown.items());
            if (turn.picked() != null && picked.isEmpty()) {
                statistics.unknownPicks.incrementAndGet();
            } else if (turn.picked() != null) {
                statistics.pick(rank);
            }
            int connection = customer.connections();
            KnowledgeBase.Suggested accepted = rank > 0 ? shown.items().get(rank - 1) : null;
            String own = picked.isEmpty() ? turn.text() : picked.get(0).text();
            String text = accepted == null ? own : accepted.text();
            SentCommand command = agent.message(conversation, text, accepted == null ? null : accepted.reply(), shown);
            unanswered = null;
            if (awaitStored(agent, command, text)) {
                long times = messages.stream()
                        .filter(message -> message.byAgent() && message.text().equals(text))
                        .count();
                Long arrived = customer.awaitAgentMessage(text, (int) times);
                recordDelivery(command, arrived, connection != customer.connections());
            }
        }

        private AgentClient.Suggestions awaitSuggestions() {
            int connection = agent.connections();
            AgentClient.Suggestions shown =
                    agent.awaitSuggestions(conversation, unanswered.id, pace.suggestionTimeout());
            if (shown == null) {
                statistics.withoutSuggestions.incrementAndGet();
            } else {
                statistics.suggestedBy(shown.model());
            }
            if (connection == agent.connections() && !unanswered.isInterrupted()) {
                // Missing suggestions count with the time waited; without them, the latencies would look better than
                // they are.
                long until = shown == null ? System.nanoTime() : shown.at();
                statistics.suggestion.add((until - unanswered.acknowledgedAt) / 1e6);
            }
            return shown;
        }

        private boolean awaitStored(ReconnectingClient client, SentCommand command, String text) {
            statistics.sent.incrementAndGet();
            boolean answered = client.await(command);
            if (command.refusal != null) {
                statistics.refused.incrementAndGet();
                statistics.warn("A message was refused: " + command.refusal);
                return false;
            }
            messages.add(new History.Sent(command.id, client == agent, text));
            if (!answered) {
                throw new ReplayException("the server did not acknowledge a message within three minutes");
            }
            statistics.acknowledged.incrementAndGet();
            if (command.isInterrupted()) {
                statistics.interrupted.incrementAndGet();
            } else {
                statistics.acknowledgement.add(command.acknowledgementMillis());
            }
            return true;
        }

        private void recordDelivery(SentCommand command, Long arrived, boolean unmeasurable) {
            if (arrived == null) {
                throw new ReplayException("an acknowledged message did not reach the other side within three minutes");
            }
            if (!unmeasurable && !command.isInterrupted()) {
                statistics.delivery.add((arrived - command.sentAt) / 1e6);
            }
        }

        private void require(ReconnectingClient client, SentCommand command) {
            if (!client.await(command) || command.refusal != null) {
                throw new ReplayException("the agent could not take the conversation: " + command.refusal);
            }
        }

        void finish() {
            statistics.reconnects.addAndGet(Math.max(0, customer.connections() - 1));
            statistics.duplicated.addAndGet(customer.stream().repeated());
            if (conversation != null) {
                statistics.duplicated.addAndGet(agent.repeated(conversation));
                agent.unsubscribe(conversation);
                played.add(new PlayedConversation(customer.token(), conversation, List.copyOf(messages)));
            } else {
                statistics.lost.addAndGet(messages.size());
            }
        }
    }

    private void verify(PlayedConversation conversation, AgentClient agent) {
        try (CustomerClient customer = new CustomerClient(scheduler, api, conversation.token())) {
            customer.start();
            Stream agentStream = agent.history(conversation.id());
            if (!customer.awaitHistory() || agentStream == null) {
                statistics.failed.incrementAndGet();
                statistics.warn("A conversation could not be read again: " + conversation.id());
                return;
            }
            History customerHistory =
                    History.compare(conversation.messages(), customer.stream().messages());
            History agentHistory = History.compare(conversation.messages(), agentStream.messages());
            List<UUID> lost = new ArrayList<>(customerHistory.lost());
            agentHistory.lost().stream().filter(id -> !lost.contains(id)).forEach(lost::add);
            statistics.lost.addAndGet(lost.size());
            statistics.duplicated.addAndGet(customerHistory.duplicated() + agentHistory.duplicated());
            statistics.outOfOrder.addAndGet(customerHistory.outOfOrder() + agentHistory.outOfOrder());
            statistics.verified.incrementAndGet();
        }
    }
}

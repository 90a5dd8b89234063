package io.replyloop.curation;

import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The filter of the examples, as a query has it. */
public class ExampleParameters {
    @Parameter(description = "Words of question or reply; each may go on. Chinese characters as they stand")
    @QueryParam("q")
    String q;

    @Parameter(description = "fits or does-not-fit")
    @QueryParam("label")
    String label;

    @Parameter(description = "What the agent did: sent, edited, rejected or own-text")
    @QueryParam("outcome")
    String outcome;

    @Parameter(description = "Id of the agent who decided")
    @QueryParam("agent")
    UUID agent;

    @Parameter(description = "Id of the reply")
    @QueryParam("reply")
    UUID reply;

    @Parameter(description = "Id of the conversation")
    @QueryParam("conversation")
    UUID conversation;

    @Parameter(description = "zh for questions with Chinese characters, other for those without")
    @QueryParam("language")
    String language;

    @Parameter(description = "Only those kept out of training, or only the others")
    @QueryParam("excluded")
    Boolean excluded;

    @Parameter(description = "Only those whose label somebody has corrected, or only the others")
    @QueryParam("corrected")
    Boolean corrected;

    @Parameter(description = "train, dev, test, or none for those of conversations that have no side yet")
    @QueryParam("side")
    String side;

    @Parameter(description = "Since this moment")
    @QueryParam("from")
    String from;

    @Parameter(description = "Before this moment")
    @QueryParam("to")
    String to;

    @Parameter(
            description =
                    "decision for those of decisions here, file for those of an imported file, history for those of"
                            + " imported history")
    @QueryParam("origin")
    String origin;

    @Parameter(description = "Id of an act: those that it was about")
    @QueryParam("act")
    UUID act;

    ExampleFilter filter() {
        return ExampleFilter.of(new ExampleFilter.Asked(
                q,
                label,
                outcome,
                agent,
                reply,
                conversation,
                language,
                excluded,
                corrected,
                side,
                from,
                to,
                origin,
                act));
    }
}

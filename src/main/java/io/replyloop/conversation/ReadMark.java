package io.replyloop.conversation;

/** How far one side has read: moves forward only, and never beyond what there is. */
public record ReadMark(long sequence) {
    public ReadMark movedTo(long asked, long last) {
        return new ReadMark(Math.max(sequence, Math.min(asked, last)));
    }
}

package io.sluice.analysis.lint;

/**
 * What a check is, in words. The two examples stand beside it as resources: {@code ID.fires.yaml}, in which it has
 * something to say, and {@code ID.quiet.yaml}, in which nobody has.
 *
 * @param id stable, kebab-case
 * @param severity of its findings, unless the configuration says otherwise
 * @param summary one sentence: what is found
 * @param reason why it matters, in a few sentences; the rule of the API where there is one
 * @param fix what to do about it
 */
public record About(String id, Severity severity, String summary, String reason, String fix) {}

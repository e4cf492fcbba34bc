"""Judges encoders zero-shot on 27 research tasks. None of them reaches a weight; they choose which averages are kept."""

import numpy

from encoder import Encoder, MARK, PREFIX, TEXT_LIMIT, cast, embed

# The 17 that judged earlier versions, and ten more.
FIRST_TASKS = """
    bbc_news search_snippets reuters_r8 dreaddit_topic stackoverflow_titles situation atis tweeteval_sentiment sentiment140_sample
    alexa_reviews mpqa_polarity unified_emotion dailydialog_emotion youtube_spam disaster_tweets tweeteval_offensive
    dailydialog_acts""".split()
TASKS = FIRST_TASKS + """
    redwood_intents humaid_crisis economic_news_sentiment flipkart_reviews imdb_movie_genres biomedical_titles manifesto_domain
    subjectivity tweeteval_hate reuters_r52""".split()
LABEL_LIMIT = 64


def macro_f1(true, found, labels):
    """Over the labels that a row has, and accuracy."""
    scores = []
    for label in range(labels):
        right = ((found == label) & (true == label)).sum()
        asked = (true == label).sum()
        if asked > 0:
            scores.append(2 * right / (asked + (found == label).sum()))
    return float(numpy.mean(scores)), float((true == found).mean())


class Judge:
    """A span of each task's rows."""

    def __init__(self, tasks, first, last, attention):
        self.tasks, self.first, self.last, self.attention = tasks, first, last, attention
        self.texts = [text for task in tasks.values() for text in task["texts"][first:last]]
        self.labels = [ids for task in tasks.values() for ids in task["label_ids"]]

    def cosines(self, weights, words, mark):
        """By task: cosines [rows, labels] and the number of each row's true label [rows]."""
        encoder = Encoder(cast({name: weights[name] for name in weights if name.startswith(PREFIX)}, words.device), self.attention)
        texts = embed(encoder, words, self.texts, TEXT_LIMIT)
        labels = embed(encoder, words, self.labels, LABEL_LIMIT, mark)
        found, text, label = {}, 0, 0
        for name, task in self.tasks.items():
            true = task["true"][self.first:self.last]
            own, shown = texts[text:text + len(true)], labels[label:label + len(task["labels"])]
            text, label = text + len(true), label + len(shown)
            if len(true):
                found[name] = (own @ shown.T, true)
        return found

    def __call__(self, weights, words):
        """Means of macro F1 and accuracy over the first 17 tasks and over all."""
        scores = {name: macro_f1(true, cosines.argmax(1).cpu().numpy(), cosines.shape[1])
                  for name, (cosines, true) in self.cosines(weights, words, weights[MARK]).items()}
        means = {"first_tasks": [scores[name] for name in FIRST_TASKS], "tasks": list(scores.values())}
        return {key: [round(float(mean), 4) for mean in numpy.mean(own, 0)] for key, own in means.items()}

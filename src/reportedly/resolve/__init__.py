"""From spans to sourcing: speakers, relay chains, conditions, hedges, stance, dates."""

"""Turn texts into token windows; the model generates the text itself where no other is given."""

"""What the channels that live in a mailbox share. Pure: values in, values out."""

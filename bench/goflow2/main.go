// Reads the datagrams of a file, again and again, with goflow2 on one thread, and prints how many records it read in a second
// of CPU time, in millions: with its decoders alone, and with its producer too, which makes flow messages of what was decoded
// (and reads the packet headers of sFlow). The file has each datagram after its length in four octets.
//
//	goflow2 FILE netflow9|ipfix|netflow5|sflow5 SECONDS
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"github.com/netsampler/goflow2/v2/decoders/netflow"
	"github.com/netsampler/goflow2/v2/decoders/netflowlegacy"
	"github.com/netsampler/goflow2/v2/decoders/sflow"
	"github.com/netsampler/goflow2/v2/producer"
	protoproducer "github.com/netsampler/goflow2/v2/producer/proto"
)

func main() {
	file, protocol := os.Args[1], os.Args[2]
	seconds, err := strconv.ParseFloat(os.Args[3], 64)
	check(err)
	runtime.GOMAXPROCS(1)
	datagrams := read(file)
	fmt.Printf("%.3f %.3f\n", measure(datagrams, seconds, decoderOf(protocol, false)), measure(datagrams, seconds, decoderOf(protocol, true)))
}

func measure(datagrams [][]byte, seconds float64, decode func(datagram []byte) int) float64 {
	best := 0.0
	for end := time.Now().Add(time.Duration(seconds * float64(time.Second))); time.Now().Before(end); {
		records, began := 0, cpuSeconds()
		for i := 0; i < 2; i++ {
			for _, datagram := range datagrams {
				records += decode(datagram)
			}
		}
		best = max(best, float64(records)/(cpuSeconds()-began)/1e6)
	}
	return best
}

func decoderOf(protocol string, produce bool) func(datagram []byte) int {
	config, err := (&protoproducer.ProducerConfig{}).Compile()
	check(err)
	switch protocol {
	case "netflow5":
		return func(datagram []byte) int {
			var packet netflowlegacy.PacketNetFlowV5
			check(netflowlegacy.DecodeMessageVersion(bytes.NewBuffer(datagram), &packet))
			if produce {
				return produced(protoproducer.ProcessMessageNetFlowLegacy(&packet))
			}
			return len(packet.Records)
		}
	case "sflow5":
		return func(datagram []byte) int {
			var packet sflow.Packet
			check(sflow.DecodeMessageVersion(bytes.NewBuffer(datagram), &packet))
			if produce {
				return produced(protoproducer.ProcessMessageSFlowConfig(&packet, config))
			}
			return len(packet.Samples)
		}
	}
	templates := netflow.CreateTemplateSystem()
	sampling := protoproducer.CreateSamplingSystem()
	return func(datagram []byte) int {
		var v9 netflow.NFv9Packet
		var ipfix netflow.IPFIXPacket
		check(netflow.DecodeMessageVersion(bytes.NewBuffer(datagram), templates, &v9, &ipfix))
		if produce && protocol == "netflow9" {
			return produced(protoproducer.ProcessMessageNetFlowV9Config(&v9, sampling, config))
		}
		if produce {
			return produced(protoproducer.ProcessMessageIPFIXConfig(&ipfix, sampling, config))
		}
		return recordsIn(v9.FlowSets) + recordsIn(ipfix.FlowSets)
	}
}

// The messages go back to the producer's pool, as they do once they are sent.
func produced(messages []producer.ProducerMessage, err error) int {
	check(err)
	pool.Commit(messages)
	return len(messages)
}

var pool protoproducer.ProtoProducer

func recordsIn(sets []interface{}) int {
	records := 0
	for _, set := range sets {
		if data, ok := set.(netflow.DataFlowSet); ok {
			records += len(data.Records)
		}
	}
	return records
}

func read(file string) [][]byte {
	all, err := os.ReadFile(file)
	check(err)
	var datagrams [][]byte
	for len(all) > 0 {
		length := binary.BigEndian.Uint32(all)
		datagrams = append(datagrams, all[4:4+length])
		all = all[4+length:]
	}
	return datagrams
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	check(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
